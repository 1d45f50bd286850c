package pika.storage.geo;

import java.util.ArrayList;
import java.util.List;

/**
 * The cells that cover a shape: the one around its centre and those of its eight neighbours that
 * are needed, at a size at which they suffice. Their order is the order of unsorted search results,
 * so which cells they are and how large is visible to clients.
 */
final class Coverage {
  /** Half the equator, in the map's projection. */
  private static final double WIDEST_M = 20_037_726.37;

  /** Near the poles a degree of longitude is short, and a cell covers less. */
  private static final double FAR_NORTH = 66;

  private static final double FARTHER_NORTH = 80;

  /** Offsets in columns and rows from the centre to its neighbours, in search order. */
  private static final int[][] NEIGHBOURS = {
    {0, 0}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}
  };

  private final GeoShape shape;
  private final double west;
  private final double east;
  private final double south;
  private final double north;

  private Coverage(GeoShape shape) {
    this.shape = shape;
    GeoPoint center = shape.center();
    double latitude = center.latitude();
    double up = Earth.latitudeDegrees(shape.halfHeight());
    double side =
        Earth.longitudeDegrees(shape.halfWidth(), latitude < 0 ? latitude - up : latitude + up);
    this.west = center.longitude() - side;
    this.east = center.longitude() + side;
    this.south = latitude - up;
    this.north = latitude + up;
  }

  /** Returns the cells that cover {@code shape}, in search order. */
  static List<GeoCell> of(GeoShape shape) {
    return new Coverage(shape).cells();
  }

  private List<GeoCell> cells() {
    int step = step();
    GeoCell middle = GeoCell.around(shape.center(), step);
    if (step > 1 && isLeftBehind(middle)) {
      step--;
      middle = GeoCell.around(shape.center(), step);
    }
    List<GeoCell> cells = new ArrayList<>(NEIGHBOURS.length);
    for (int[] way : NEIGHBOURS) {
      GeoCell cell = middle.moved(way[0], way[1]);
      // On a map of few cells one cell may be the neighbour on both sides.
      boolean again = !cells.isEmpty() && cells.get(cells.size() - 1).equals(cell);
      if (!again && (step < 2 || isNeeded(middle, way[0], way[1]))) {
        cells.add(cell);
      }
    }
    return cells;
  }

  /** Returns how often to bisect the map until cells are hardly larger than the shape. */
  private int step() {
    double reach = shape.reach();
    if (reach == 0) {
      return GeoCell.FINEST;
    }
    int step = -1;
    for (double length = reach; length < WIDEST_M; length *= 2) {
      step++;
    }
    double distanceFromEquator = Math.abs(shape.center().latitude());
    if (distanceFromEquator > FAR_NORTH) {
      step--;
    }
    if (distanceFromEquator > FARTHER_NORTH) {
      step--;
    }
    return Math.max(1, Math.min(GeoCell.FINEST, step));
  }

  /** Returns whether the shape extends beyond the cells around {@code middle}. */
  private boolean isLeftBehind(GeoCell middle) {
    return middle.moved(0, 1).north() < north
        || middle.moved(0, -1).south() > south
        || middle.moved(1, 0).east() < east
        || middle.moved(-1, 0).west() > west;
  }

  /** Returns whether the shape extends beyond {@code middle} in that direction. */
  private boolean isNeeded(GeoCell middle, int columns, int rows) {
    return !(rows < 0 && middle.south() < south)
        && !(rows > 0 && middle.north() > north)
        && !(columns < 0 && middle.west() < west)
        && !(columns > 0 && middle.east() > east);
  }
}
