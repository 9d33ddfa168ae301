/** Puts text on the clipboard, also on pages served over plain http, where the browser offers no clipboard API. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  // Inside the focused element's dialog, whose focus trap would take the focus away from anywhere else.
  (document.activeElement?.closest('[role=dialog]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
