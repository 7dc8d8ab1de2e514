import ConfigModel
import FoundationEssentials

/// The time of day, for people and for latencies between machines; nothing is decided by it.
enum WallClock {
    static var now: Timestamp { Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))) }
}
