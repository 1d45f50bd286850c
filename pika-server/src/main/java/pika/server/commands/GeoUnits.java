package pika.server.commands;

import java.math.BigDecimal;
import java.math.RoundingMode;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.storage.geo.GeoPoint;

/** Parses and formats positions and distances. */
final class GeoUnits {
  private static final String[] UNITS = {"M", "KM", "FT", "MI"};
  private static final double[] METRES = {1, 1000, 0.3048, 1609.34};
  private static final int DISTANCE_DECIMALS = 4;
  private static final int ERROR_DECIMALS = 6;

  /** Decimals that Redis prints of a coordinate before it strips zeros. */
  private static final int COORDINATE_DECIMALS = 17;

  private GeoUnits() {}

  /** Returns the length of a unit in metres. */
  static double metres(byte[] unit) {
    for (int i = 0; i < UNITS.length; i++) {
      if (Args.is(unit, UNITS[i])) {
        return METRES[i];
      }
    }
    throw new CommandException("ERR unsupported unit provided. please use M, KM, FT, MI");
  }

  static GeoPoint point(byte[] longitude, byte[] latitude) {
    GeoPoint point = new GeoPoint(Args.parseDouble(longitude), Args.parseDouble(latitude));
    if (!point.isOnMap()) {
      throw new CommandException("ERR invalid longitude,latitude pair "
          + shown(point.longitude())
          + ","
          + shown(point.latitude()));
    }
    return point;
  }

  static Reply distance(double distance) {
    return Reply.bulk(fixed(distance, DISTANCE_DECIMALS).toPlainString());
  }

  static Reply reply(GeoPoint point) {
    return Reply.array(coordinate(point.longitude()), coordinate(point.latitude()));
  }

  private static Reply coordinate(double degrees) {
    BigDecimal digits = fixed(degrees, COORDINATE_DECIMALS);
    return Reply.decimal(
        digits.signum() == 0 ? "0" : digits.stripTrailingZeros().toPlainString());
  }

  private static String shown(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    String digits = fixed(number, ERROR_DECIMALS).toPlainString();
    boolean lostSign = Math.copySign(1, number) < 0 && !digits.startsWith("-");
    return lostSign ? "-" + digits : digits;
  }

  private static BigDecimal fixed(double number, int decimals) {
    return new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN);
  }
}
