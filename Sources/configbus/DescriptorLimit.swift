import Glibc

/// The limit of open files that the system gives this process.
enum DescriptorLimit {
    /// What connections, threads and one command take; below it, what cannot be opened ends in a crash of what is beneath.
    static let leastForWatching: rlim_t = 32

    /// Raises the limit as far as it is needed and allowed.
    ///
    /// - Throws: `CommandFailure` when it stays too low.
    static func ensure(_ least: rlim_t) throws {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < least else { return }
        let given = limit.rlim_cur
        limit.rlim_cur = min(limit.rlim_max, least)
        guard limit.rlim_cur == least, setrlimit(resource, &limit) == 0 else {
            throw CommandFailure.refused(
                "Only \(given) files may be open here and at least \(least) are needed: raise the limit (ulimit -n, "
                    + "LimitNOFILE= of systemd).")
        }
    }
}
