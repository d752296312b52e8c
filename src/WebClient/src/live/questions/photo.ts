/** Enough to read a child's handwriting on a page. */
const longestSide = 1600;
const quality = 0.82;
const lowQuality = 0.6;
const largeBytes = 900_000;

/** A photo as it is sent: small, a JPEG, upright, and without what the camera wrote beside it (place, time). */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const good = await toJpeg(canvas, quality);
    return good.size <= largeBytes ? good : await toJpeg(canvas, lowQuality);
  } finally {
    image.close();
  }
}

function toJpeg(canvas: HTMLCanvasElement, at: number): Promise<Blob> {
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture.'))), 'image/jpeg', at));
}
