package pika.storage.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import pika.storage.zset.Entries;
import pika.storage.zset.Order;
import pika.storage.zset.SortedSet;

/**
 * A search for the members of a sorted set within a shape.
 *
 * @param sort the order of the results
 * @param count the maximum number of results, the nearest ones if sorted ascending
 * @param quick whether the search may stop at that number, whichever members those are
 */
public record GeoSearch(GeoShape shape, Sort sort, long count, boolean quick) {
  /** The order of the results. */
  public enum Sort {
    NONE,
    NEAREST_FIRST,
    FARTHEST_FIRST
  }

  /** Returns the members found. */
  public List<GeoHit> in(SortedSet set) {
    List<GeoHit> hits = new ArrayList<>();
    long enough = quick ? count : Long.MAX_VALUE;
    for (GeoCell cell : Coverage.of(shape)) {
      if (hits.size() >= enough) {
        break;
      }
      search(cell, set, hits, enough);
    }
    Comparator<GeoHit> byDistance = Comparator.comparingDouble(GeoHit::distanceM);
    switch (sort) {
      case NEAREST_FIRST -> hits.sort(byDistance);
      case FARTHEST_FIRST -> hits.sort(byDistance.reversed());
      case NONE -> {}
    }
    return hits.size() > count ? hits.subList(0, (int) count) : hits;
  }

  private void search(GeoCell cell, SortedSet set, List<GeoHit> hits, long enough) {
    try (Entries entries = set.walk(cell.scores().in(set), Order.ASCENDING)) {
      while (hits.size() < enough && entries.next()) {
        GeoPoint point = GeoPoint.ofScore(entries.score());
        double distance = shape.distanceInside(point);
        if (distance >= 0) {
          hits.add(new GeoHit(entries.member().toByteArray(), entries.score(), point, distance));
        }
      }
    }
  }
}
