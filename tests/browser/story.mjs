// What a story needs to be told: invented people with valid numbers, rosters as offices send them, pictures nobody took.

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A citizen's number with its check digit: `born` as 20131107, `order` odd for a boy. */
export function idNumber(born, order) {
  const body = `500229${born}${String(order).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * weights[place], 0);
  return body + '10X98765432'[sum % 11];
}

/** A file as a form takes it. */
export const file = (name, mimeType, content) => ({ name, mimeType, buffer: Buffer.from(content) });

/** A roster in CSV: a title row as offices write it, the headings, the rows. */
export function roster(name, title, headings, rows) {
  const lines = [[title], headings, ...rows].map(row => row.join(','));
  return file(name, 'text/csv', `\ufeff${lines.join('\r\n')}\r\n`);
}

/** A photograph as a telephone would send it, drawn by the page's own browser; each `hue` is another picture. */
export async function photograph(page, name, hue) {
  const url = await page.evaluate(colour => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1200, 900];
    const pen = canvas.getContext('2d');
    pen.fillStyle = `hsl(${colour}, 20%, 80%)`;
    pen.fillRect(0, 0, 1200, 900);
    pen.fillStyle = '#3a4a52';
    pen.fillRect(400, 250, 400, 650);
    return canvas.toDataURL('image/jpeg', 0.8);
  }, hue);
  return file(name, 'image/jpeg', Buffer.from(url.split(',')[1], 'base64'));
}
