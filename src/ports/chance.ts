/** Draws lots. Nothing that is decided may depend on it: it only keeps those who wait from coming back together. */
export interface Chance {
  /** Returns a number from 0 up to but not including 1, each as likely as any other. */
  draw(): number;
}
