import AsyncSupport
import ConfigModel
import SystemPackage

/// Reads a file that others may be writing. Blocks its thread for as long as the disk takes, and never for a FIFO or a device.
enum FileReader {
    /// The largest file that is read.
    static let limit = 8 << 20

    /// Looks at a file.
    ///
    /// - Parameters:
    ///   - path: a path without symbolic links.
    ///   - format: its notation.
    /// - Returns: what is there, and by what it is known when it does not change.
    static func look(at path: String, _ format: FileFormat) -> (look: FileLook, stamp: FileStamp?) {
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(path), .readOnly, options: [.nonBlocking, .noFollow, .closeOnExec])
            return try descriptor.closeAfter { try look(at: descriptor, format) }
        } catch let error as Errno {
            if error == .noSuchFileOrDirectory || error == .notDirectory { return (.gone, nil) }
            return (.unreadable(fault(error), text: nil), nil)
        } catch {
            return (.unreadable(FileFault("\(error)"), text: nil), nil)
        }
    }

    /// Why a path cannot be followed or read.
    static func fault(_ error: Errno) -> FileFault {
        switch error {
        case .permissionDenied: FileFault("this process may not read it")
        case .tooManySymbolicLinkLevels: FileFault("its symbolic links lead in a circle, or changed just now")
        case .fileTooLarge: FileFault("it is larger than \(limit >> 20) MiB")
        default: FileFault("it cannot be read: \(error)")
        }
    }

    private static func look(
        at descriptor: FileDescriptor, _ format: FileFormat
    ) throws -> (look: FileLook, stamp: FileStamp?) {
        let facts = try Stat(descriptor)
        let stamp = FileStamp(facts)
        guard facts.type == .regular else {
            return (.unreadable(FileFault("it is no regular file"), text: nil), stamp)
        }
        guard facts.size <= Int64(limit) else { return (.unreadable(fault(.fileTooLarge), text: nil), stamp) }
        let bytes = try descriptor.contents(limit: limit)
        let found = look(at: bytes, format, stamp)
        return FileStamp(try Stat(descriptor)) == stamp ? (found, stamp) : (.changing(found), nil)
    }

    private static func look(at bytes: [UInt8], _ format: FileFormat, _ stamp: FileStamp) -> FileLook {
        do throws(FileFault) {
            return .content(try format.content(of: bytes), stamp.modifiedAt)
        } catch {
            return .unreadable(error, text: SHA256Text.hash(bytes))
        }
    }
}
