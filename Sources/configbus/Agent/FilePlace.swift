import Glibc
import SystemPackage

/// Where a file is, whichever way leads there: links to folders and folders that are mounted twice make several paths of one
/// place.
enum FilePlace: Hashable {
    /// A name in a folder that exists.
    case entry(FolderIdentity, name: String)
    /// Without such a folder.
    case path(FilePath)
}

/// What tells a folder apart from all others of this machine.
struct FolderIdentity: Hashable {
    private let device: DeviceID
    private let number: Inode

    /// nil when there is no such folder.
    init?(_ path: String) {
        guard let facts = try? Stat(FilePath(path), followTargetSymlink: true), facts.type == .directory else {
            return nil
        }
        (device, number) = (facts.deviceID, facts.inode)
    }
}

extension FilePlace {
    /// - Parameter folder: that of the path.
    init(_ path: String, in folder: FolderIdentity?) {
        guard let folder else {
            self = .path(FilePath(path).lexicallyNormalized())
            return
        }
        self = .entry(folder, name: Self.split(path).name)
    }

    /// Looks at the path's folder.
    init(_ path: String) { self.init(path, in: FolderIdentity(Self.split(path).folder)) }

    /// A path's folder and the name in it.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.utf8.index(after: slash)...]))
    }

    /// A path without links; nil when there is nothing.
    static func real(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(validatingCString: pointer)
    }
}
