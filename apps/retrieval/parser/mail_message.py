"""An e-mail: who, what about, its text, and which files hang on it."""

from email import policy
from email.parser import BytesParser

from failure import Failure

HEADERS = ("From", "To", "Cc", "Date")


def read_mail(data, read_html):
    message = BytesParser(policy=policy.default).parsebytes(data)
    subject = _header(message, "Subject")
    blocks = [{"kind": "heading", "level": 1, "text": subject}] if subject else []
    facts = {name: _header(message, name) for name in HEADERS}
    blocks += [{"kind": "paragraph", "text": f"{name}: {value}"} for name, value in facts.items() if value]
    body = _body(message)
    if body is not None:
        text = _content(body)
        blocks += read_html(text) if body.get_content_type() == "text/html" else plain_blocks(text)
    names = [_attachment(part) for part in _attachments(message)]
    if names:
        blocks.append({"kind": "heading", "level": 2, "text": "Attachments"})
        blocks += [{"kind": "list_item", "level": 1, "text": f"- {name}"} for name in names]
    metadata = {name.lower(): value for name, value in facts.items() if value}
    warnings = ["Attached files are not read: upload those that matter."] if names else []
    return {"title": subject, "language": None, "metadata": metadata, "blocks": blocks, "pages": [], "warnings": warnings}


def plain_blocks(text):
    blocks, lines, quoted = [], [], False
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        is_quote = line.startswith(">")
        if lines and (not line.strip() or is_quote != quoted):
            blocks.append({"kind": "quote" if quoted else "paragraph", "text": "\n".join(lines)})
            lines = []
        quoted = is_quote
        if line.strip():
            lines.append(line.lstrip("> ") if is_quote else line)
    return blocks


def _body(message):
    try:
        return message.get_body(preferencelist=("html", "plain"))
    except Exception:  # Of a message whose parts contradict each other.
        return next((part for part in message.walk() if part.get_content_maintype() == "text"), None)


def _attachments(message):
    try:
        return list(message.iter_attachments())
    except Exception:
        return []


def _attachment(part):
    return f"{part.get_filename() or 'unnamed'} ({part.get_content_type()})"


def _content(part):
    try:
        return part.get_content()
    except (LookupError, UnicodeError, ValueError):
        payload = part.get_payload(decode=True) or b""
        return payload.decode("utf-8", "replace")


def _header(message, name):
    try:
        return " ".join(str(message[name] or "").split())
    except Exception:
        raise Failure("corrupt", f"The message is damaged: its {name} cannot be read.") from None
