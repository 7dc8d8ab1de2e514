import AsyncSupport
import ConfigStore
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The directory of the embedded store, held by one process at a time.
///
/// SQLite itself would let several processes write one file. But each has a bus of its own, in memory, and would not receive
/// what the others announce; so a second server is refused, instead of being late without a word.
final class DataDirectory: Sendable {
    let path: String
    private let lock: Int32

    /// Makes the directory when it is missing, readable by its owner alone, and locks it. The lock ends with the process,
    /// however that ends.
    init(_ path: String) throws(StoreError) {
        self.path = path
        try Self.make(path)
        let lockPath = "\(path)/configbus.lock"
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .invalid("The file \(lockPath) cannot be opened: \(Self.lastError).") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let reason = Self.lastError
            Self.close(descriptor)
            throw .invalid(
                isHeld
                    ? "The data directory \(path) is in use by another configbus process: stop it, or use another directory."
                    : "The file \(lockPath) cannot be locked: \(reason).")
        }
        lock = descriptor
    }

    /// Unlocked first: a child that is being started holds a copy of the descriptor until it runs its program, and with it the
    /// lock; unlocking counts for all copies.
    deinit {
        _ = flock(lock, LOCK_UN)
        Self.close(lock)
    }

    /// The file of the database. It is made here when it is missing, so that only its owner may read it; SQLite gives the
    /// files beside it the same permissions.
    func databasePath() throws(StoreError) -> String {
        let file = "\(path)/configbus.sqlite"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .invalid("The file \(file) cannot be opened: \(Self.lastError).") }
        Self.close(descriptor)
        return file
    }

    private static func make(_ path: String) throws(StoreError) {
        guard !path.isEmpty else { throw .invalid("The data directory has no name.") }
        do throws(Errno) {
            try Folder.make(path)
        } catch {
            throw .invalid("The data directory \(path) cannot be made: \(error).")
        }
    }

    private static var lastError: String { String(cString: strerror(errno)) }

    private static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #else
            _ = Darwin.close(descriptor)
        #endif
    }
}
