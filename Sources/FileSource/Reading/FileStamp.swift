import ConfigModel
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// By what a file that was not changed is known without reading it.
struct FileStamp: Sendable, Equatable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let modified: Moment
    private let changed: Moment

    private struct Moment: Sendable, Equatable {
        let seconds: Int
        let nanoseconds: Int

        init(_ time: timespec) { (seconds, nanoseconds) = (Int(time.tv_sec), Int(time.tv_nsec)) }

        var milliseconds: Int64 { Int64(clamping: seconds) &* 1_000 &+ Int64(nanoseconds / 1_000_000) }
    }

    init(_ facts: Stat) {
        device = UInt64(truncatingIfNeeded: facts.deviceID.rawValue)
        inode = UInt64(truncatingIfNeeded: facts.inode.rawValue)
        size = facts.size
        modified = Moment(facts.st_mtim)
        changed = Moment(facts.st_ctim)
    }

    /// When the content was written last.
    var modifiedAt: Timestamp { Timestamp(milliseconds: modified.milliseconds) }

    /// True when another change at this moment would get another time: a file system counts in ticks of some milliseconds.
    func tellsApart(at now: Timestamp) -> Bool {
        let newest = max(modified.milliseconds, changed.milliseconds)
        return newest < now.milliseconds - 1_000 || newest > now.milliseconds + 1_000
    }
}
