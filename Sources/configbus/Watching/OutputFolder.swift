import Glibc
import SystemPackage

/// The folder in which a file is written.
enum OutputFolder {
    /// Why no file can be written at a path, in words without a full stop; nil when its folder speaks for it.
    static func fault(of path: String) -> String? {
        let parent = FilePath(path).removingLastComponent()
        let folder = parent.isEmpty ? "." : parent.string
        do {
            let facts = try Stat(FilePath(folder), followTargetSymlink: true)
            guard facts.type == .directory else { return "\(folder) is a file and no folder" }
        } catch {
            switch error {
            case .noSuchFileOrDirectory: return "the folder \(folder) does not exist"
            case .notDirectory: return "the folder \(folder) would be inside something that is no folder"
            default: return "the folder \(folder) cannot be looked at (\(error))"
            }
        }
        guard faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0 else { return nil }
        return errno == EROFS
            ? "the folder \(folder) is on a file system that cannot be written to"
            : "the folder \(folder) is not writable for this user"
    }

    /// Why a file in the folder of a path could be replaced by every user of the machine, in words without a full stop; nil when
    /// it could not.
    static func danger(of path: String) -> String? {
        let parent = FilePath(path).removingLastComponent()
        let folder = parent.isEmpty ? "." : parent.string
        guard let facts = try? Stat(FilePath(folder), followTargetSymlink: true) else { return nil }
        guard facts.permissions.contains(.otherWrite), !facts.permissions.contains(.saveText) else { return nil }
        return "every user of this machine may replace files in the folder \(folder): chmod o-w \(folder)"
    }
}
