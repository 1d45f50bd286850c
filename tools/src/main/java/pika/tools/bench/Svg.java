package pika.tools.bench;

import java.util.Locale;

/**
 * An SVG drawing. Written by hand, because chart libraries draw through AWT, which needs fonts that
 * servers do not have. Lengths are in pixels; the origin is at the top left.
 */
final class Svg {

  /** Distinguishable with colour blindness, too. */
  private static final String[] COLOURS = {
    "#7f7f7f", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"
  };

  static final String INK = "#222";
  static final String RULE = "#ddd";

  private final StringBuilder shapes = new StringBuilder();
  private final int width;

  Svg(int width) {
    this.width = width;
  }

  static String colour(int index) {
    return COLOURS[index % COLOURS.length];
  }

  void bar(double x, double y, double length, double height, String colour) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
        x, y, Math.max(1, length), height, colour);
  }

  void line(double x, double y, double toX, double toY, String colour) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
        x, y, toX, toY, colour);
  }

  /** A curve through points, given as alternating x and y. */
  void curve(double[] points, String colour) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      list.append(String.format(Locale.ROOT, "%.1f,%.1f ", points[i], points[i + 1]));
    }
    add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\"/>", list.toString().trim(), colour);
  }

  void dot(double x, double y, double radius, String colour) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>", x, y, radius, colour);
  }

  /** Text that starts at {@code x}, with its baseline at {@code y}. */
  void text(double x, double y, String text) {
    add("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>", x, y, INK, escape(text));
  }

  /** Text that ends at {@code x}. */
  void textEndingAt(double x, double y, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" text-anchor=\"end\">%s</text>",
        x, y, INK, escape(text));
  }

  /** The complete file, for a drawing of this height. */
  String document(double height) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%.0f\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
            width,
            height)
        + shapes
        + "</svg>\n";
  }

  private void add(String format, Object... values) {
    shapes.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
