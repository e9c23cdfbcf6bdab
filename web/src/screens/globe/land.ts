// Where land is: a picture of the node's, asked for once.

import { path } from '$core/api';

let asked: Promise<HTMLImageElement> | undefined;

/** Return the picture: white is land, the north pole is on top, Greenwich in the middle. */
export function landPicture(): Promise<HTMLImageElement> {
  asked ??= load().catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

async function load(): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = path('/sky/land.png');
  await image.decode();
  return image;
}
