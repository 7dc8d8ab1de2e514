import AsyncSupport
import SystemPackage

/// Files that hold a secret: a token, a private key, an address with a password.
enum SecretFile {
    /// Writes one line to standard error when every user of the machine can read a file. No failure: a secret that Kubernetes
    /// mounts is such a file by default.
    ///
    /// - Parameter path: nil for no file.
    static func warn(_ path: String?) {
        guard let path, isReadableByOthers(path) else { return }
        Warning.say("\(path) holds a secret and can be read by every user of this machine: chmod o-r \(path)")
    }

    /// False also for what is not there.
    static func isReadableByOthers(_ path: String) -> Bool {
        guard path != "-", let facts = try? Stat(FilePath(path)) else { return false }
        return facts.permissions.contains(.otherRead)
    }
}
