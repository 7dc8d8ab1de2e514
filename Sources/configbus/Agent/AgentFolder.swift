import AsyncSupport
import Glibc
import SystemPackage

/// The folder that an agent keeps for itself while it runs: two that write the same files would undo each other's work.
final class AgentFolder: Sendable {
    private let lock: FileDescriptor

    /// Makes the folder when it is missing, readable by its owner alone, and locks it. The lock ends with the process,
    /// however that ends.
    init(_ path: String) throws(CommandFailure) {
        do {
            try Folder.make(path)
            let descriptor = try FileDescriptor.open(
                FilePath(path).appending("agent.lock"), .readWrite, options: [.create, .closeOnExec, .noFollow],
                permissions: .ownerReadWrite)
            guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
                let reason = Errno(rawValue: errno)
                try? descriptor.close()
                throw reason
            }
            lock = descriptor
        } catch Errno.wouldBlock {
            throw .refused("The folder \(path) (cache) is in use by another agent: stop it, or name another folder.")
        } catch {
            throw .refused("The folder \(path) (cache) cannot be used: \(error).")
        }
    }

    /// Unlocked first: a command that is being started holds a copy of the descriptor until it runs its program.
    deinit {
        _ = flock(lock.rawValue, LOCK_UN)
        try? lock.close()
    }
}
