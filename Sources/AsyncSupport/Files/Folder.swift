package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Folders.
package enum Folder {
    /// Makes a folder and those above it that are missing, for their owner alone. What is there already stays as it is.
    package static func make(_ path: String) throws(Errno) {
        // Each folder on the way down; a root or a doubled slash is there already.
        for end in path.indices.dropFirst().filter({ path[$0] == "/" }) + [path.endIndex] {
            let result = mkdir(String(path[..<end]), 0o700)
            let reason = Errno(rawValue: errno)
            guard result != 0, reason != .fileExists else { continue }
            // Where the parents cannot be written to but exist, the next step shows it.
            guard reason == .noSuchFileOrDirectory || reason == .notDirectory || end == path.endIndex else { continue }
            throw reason
        }
    }
}
