package pika.storage.geo;

/** The area of a search around a centre. Lengths are in metres. */
public sealed interface GeoShape {
  /** Returns the centre. */
  GeoPoint center();

  /** Returns the distance of a position from the centre; negative when it is outside. */
  double distanceInside(GeoPoint point);

  /** Returns the distance from the centre to the farthest position. */
  double reach();

  /** Returns half the extent from west to east. */
  double halfWidth();

  /** Returns half the extent from south to north. */
  double halfHeight();

  /** All positions within {@code radius} of the centre. */
  record Circle(GeoPoint center, double radius) implements GeoShape {

    @Override
    public double distanceInside(GeoPoint point) {
      double distance = Earth.distanceM(center, point);
      return distance > radius ? -1 : distance;
    }

    @Override
    public double reach() {
      return radius;
    }

    @Override
    public double halfWidth() {
      return radius;
    }

    @Override
    public double halfHeight() {
      return radius;
    }
  }

  /** All positions in a box along the meridians. */
  record Box(GeoPoint center, double width, double height) implements GeoShape {

    @Override
    public double distanceInside(GeoPoint point) {
      GeoPoint sameLatitude = new GeoPoint(center.longitude(), point.latitude());
      boolean outside = Earth.distanceM(point.latitude(), center.latitude()) > height / 2
          || Earth.distanceM(point, sameLatitude) > width / 2;
      return outside ? -1 : Earth.distanceM(center, point);
    }

    @Override
    public double reach() {
      return Math.sqrt(width / 2 * (width / 2) + height / 2 * (height / 2));
    }

    @Override
    public double halfWidth() {
      return width / 2;
    }

    @Override
    public double halfHeight() {
      return height / 2;
    }
  }
}
