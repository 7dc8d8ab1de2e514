import Foundation
import Glibc

extension DescriptorLimit {
    /// Raises the limit as far as the system allows without privileges, and returns what it is then; nil when there is none,
    /// or it cannot be read.
    static func raise() -> Int? {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return nil }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return limit.rlim_cur < rlim_t(Int32.max) ? Int(limit.rlim_cur) : nil
    }

    /// How many connections may be open at a time, when so many descriptors are allowed: those that are in use by now and a
    /// quarter, 64 at most, are left for the store, the broker and files.
    static func connections(of limit: Int) -> Int {
        let inUse = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 16
        return max(4, limit - inUse - min(64, limit / 4))
    }
}
