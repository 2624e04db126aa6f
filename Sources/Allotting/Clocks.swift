import Vocabulary

/// When a right ends, for two sides that do not share a clock.
///
/// The holder stops by the latest time it may be; the county gives the rest out again only once it
/// is late even by its earliest, and once it holds everything the holder wrote until then. The
/// second is what counts: a clock may be wrong, but a journal's own times never run back, so a
/// holder that has written an entry at or after the end spends nothing more.
public enum Clocks {
    public static func holderMaySpend(_ expires: Instant, latest: Instant) -> Bool {
        latest < expires
    }

    /// - Parameters:
    ///   - earliest: the earliest that it may be now at the county.
    ///   - heard: time of the holder's last entry that the county has merged.
    public static func countyMayReclaim(
        _ expires: Instant, earliest: Instant, heard: Instant?
    ) -> Bool {
        guard let heard else { return false }
        return earliest > expires && heard >= expires
    }

    /// The latest it may be: the estimate with its bound, and never before what was written last.
    public static func latest(_ now: Instant, bound: Int?, written: Instant?) -> Instant {
        let estimate = Instant(milliseconds: now.milliseconds + (bound ?? 0))
        return max(estimate, written ?? estimate)
    }
}
