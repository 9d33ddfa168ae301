import pypdfium2 as pdfium

from failure import Failure


def open_pdf(path):
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == pdfium.raw.FPDF_ERR_PASSWORD:
            reason = "The PDF is protected with a password. Save it without one and upload it again."
            raise Failure("encrypted", reason) from None
        if code == pdfium.raw.FPDF_ERR_SECURITY:
            raise Failure("encrypted", "The PDF is protected in a way that cannot be opened.") from None
        raise Failure("corrupt", "The PDF is damaged: its pages cannot be found.") from None
