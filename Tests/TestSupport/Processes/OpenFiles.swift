import FoundationEssentials
import Glibc

/// The files that this process holds open.
package enum OpenFiles {
    /// Copies every descriptor of a file, as a fork does.
    package static func copies(of path: String) throws -> [Int32] {
        let wanted = URL(filePath: path).resolvingSymlinksInPath().path
        // All are found before any is copied: a copy may get the number with which the directory was listed.
        let found = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter { name in
            let open = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
            return open == wanted || open == path
        }
        return found.compactMap { Int32($0) }.map { dup($0) }.filter { $0 >= 0 }
    }

    /// Closes copies.
    package static func close(_ descriptors: [Int32]) {
        for descriptor in descriptors { _ = Glibc.close(descriptor) }
    }
}
