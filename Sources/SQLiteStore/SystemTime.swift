#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The wall clock, which is the clock of the embedded store.
enum SystemTime {
    /// Milliseconds since 1970.
    static var milliseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
