package pika.storage.geo;

/** What a search looks into: the places around a centre. Lengths are in metres. */
public sealed interface GeoShape {
  /** The place in the middle. */
  GeoPoint center();

  /** How far a place is from the centre; negative when it lies outside. */
  double distanceInside(GeoPoint point);

  /** The distance from the centre to its farthest place. */
  double reach();

  /** Half of what it measures from west to east. */
  double halfWidth();

  /** Half of what it measures from south to north. */
  double halfHeight();

  /** All places no farther than {@code radius} from the centre. */
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

  /** All places in a box along the meridians. */
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
