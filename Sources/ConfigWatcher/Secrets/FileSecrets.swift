import AsyncSupport
@preconcurrency import Dispatch
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Secrets in files beneath listed directories: `{"$secret": "file:/run/secrets/db"}`, or `file:db` for the first listed
/// directory that has it.
///
/// A file is opened step by step from the listed directory, and no symbolic link beneath it is followed; it is a regular file of
/// at most 64 KiB in UTF-8. One line feed at its end is not part of the secret. A directory itself may be a link: for a volume of
/// Kubernetes, which consists of links, list its `..data`.
public struct FileSecrets: SecretResolver {
    static let limit = 64 << 10

    private let directories: [String]

    /// Allows the files beneath these directories.
    public init(_ directories: [String]) {
        self.directories = directories.map { directory in
            var directory = directory[...]
            while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
            return String(directory)
        }
    }

    /// The content of a file.
    public func secret(at place: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            // A disk may take its time.
            DispatchQueue.global().async { continuation.resume(with: Result { try read(place) }) }
        }
    }

    private func read(_ place: String) throws -> String {
        let places = directories.compactMap { directory in
            Self.names(of: place, beneath: directory).map { (directory, $0) }
        }
        guard !places.isEmpty else {
            throw SecretError("It names no file beneath a listed directory.")
        }
        for (directory, names) in places {
            do {
                return try Self.text(Self.bytes(names, beneath: directory))
            } catch Errno.noSuchFileOrDirectory {
                continue
            } catch let error as Errno {
                throw SecretError("The file that it names cannot be read: \(Self.reason(error)).")
            }
        }
        throw SecretError("The file that it names does not exist.")
    }

    /// The steps from a directory to the place; nil when it does not lie beneath it.
    private static func names(of place: String, beneath directory: String) -> [String]? {
        var path = place.utf8[...]
        if path.first == UInt8(ascii: "/") {
            let root = directory == "/" ? "/" : directory + "/"
            guard path.starts(with: root.utf8) else { return nil }
            path = path.dropFirst(root.utf8.count)
        }
        let names = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        guard names.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }) else { return nil }
        return names
    }

    private static func bytes(_ names: [String], beneath directory: String) throws -> [UInt8] {
        var descriptor = try FileDescriptor.open(
            FilePath(directory), .readOnly, options: [.directory, .closeOnExec])
        for name in names.dropLast() {
            descriptor = try descriptor.closeAfter { try open(name, in: descriptor, O_DIRECTORY) }
        }
        // A FIFO must not block.
        descriptor = try descriptor.closeAfter { try open(names.last ?? "", in: descriptor, O_NONBLOCK) }
        return try descriptor.closeAfter {
            guard try Stat(descriptor).type == .regular else { throw SecretError("It names no regular file.") }
            return try descriptor.contents(limit: limit)
        }
    }

    private static func open(_ name: String, in folder: FileDescriptor, _ options: Int32) throws(Errno)
        -> FileDescriptor
    {
        let number = openat(folder.rawValue, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | options)
        guard number >= 0 else { throw Errno(rawValue: errno) }
        return FileDescriptor(rawValue: number)
    }

    private static func text(_ bytes: [UInt8]) throws -> String {
        let bytes = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SecretError("The file that it names is not UTF-8.")
        }
        return text
    }

    private static func reason(_ error: Errno) -> String {
        switch error {
        case .tooManySymbolicLinkLevels, .notDirectory: "the way leads through a symbolic link or a file"
        case .fileTooLarge: "it is larger than 64 KiB"
        default: "\(error)"
        }
    }
}
