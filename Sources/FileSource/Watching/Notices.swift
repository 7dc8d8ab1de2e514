import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Why changes in directories cannot be noticed, so that files have to be looked at.
struct NoticesUnavailable: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    init(_ error: Errno, opening: Bool) {
        switch error {
        case .noSpace:
            self.init("the limit fs.inotify.max_user_watches of this machine is reached; raise it with sysctl")
        case .tooManyOpenFiles where opening:
            self.init(
                "the limit fs.inotify.max_user_instances of this machine, or the limit of open files of this process, is reached; "
                    + "raise it with sysctl or ulimit -n")
        case .tooManyOpenFilesInSystem:
            self.init("the limit fs.file-max of this machine is reached; raise it with sysctl")
        default: self.init("inotify cannot be used: \(error)")
        }
    }
}

#if canImport(Glibc) || canImport(Musl)
    /// Notices of changes in directories: Linux's inotify.
    ///
    /// Directories are watched, never files: a file that is replaced is another one.
    final class Notices {
        /// One notice.
        enum Notice: Equatable {
            /// Something happened to a name in a directory.
            case change(directory: String, name: String)
            /// A directory itself was moved or removed, or notices were lost.
            case unknown
        }

        /// What is read without waiting. Its user closes it.
        let file: FileDescriptor
        private var descriptor: Int32 { file.rawValue }
        /// One watch may have several paths: a directory can be mounted in two places.
        private var paths: [Int32: [String]] = [:]
        private var watches: [String: Int32] = [:]
        private var buffer = [UInt8](repeating: 0, count: 1 << 16)

        init() throws(NoticesUnavailable) {
            file = FileDescriptor(rawValue: inotify_init1(O_NONBLOCK | O_CLOEXEC))
            guard file.rawValue >= 0 else { throw NoticesUnavailable(Errno(rawValue: errno), opening: true) }
        }

        private static var mask: UInt32 {
            let ofNames = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB
            return UInt32(ofNames | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK)
        }

        private static var lost: UInt32 {
            UInt32(IN_Q_OVERFLOW | IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)
        }

        /// Watches these directories and no others. One that is not there is left out: the directory above it is watched too.
        ///
        /// - Returns: true when there are new ones, in which something may have changed before.
        func watch(_ wanted: [String]) throws(NoticesUnavailable) -> Bool {
            var (paths, watches) = ([Int32: [String]](), [String: Int32]())
            for path in wanted {
                let number = inotify_add_watch(descriptor, path, Self.mask)
                guard number >= 0 else {
                    let error = Errno(rawValue: errno)
                    if error == .noSuchFileOrDirectory || error == .notDirectory || error == .permissionDenied {
                        continue
                    }
                    throw NoticesUnavailable(error, opening: false)
                }
                paths[number, default: []].append(path)
                watches[path] = number
            }
            let hasNew = watches.contains { self.watches[$0.key] != $0.value }
            for number in self.paths.keys where paths[number] == nil { inotify_rm_watch(descriptor, number) }
            (self.paths, self.watches) = (paths, watches)
            return hasNew
        }

        /// The notices that are there.
        func read() -> [Notice] {
            var notices: [Notice] = []
            while let count = try? buffer.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
                append(buffer[..<count], to: &notices)
            }
            return notices
        }

        private func append(_ bytes: ArraySlice<UInt8>, to notices: inout [Notice]) {
            let header = MemoryLayout<inotify_event>.size
            var place = bytes.startIndex
            while place + header <= bytes.endIndex {
                let (number, mask, length) = bytes.withUnsafeBytes { raw in
                    (
                        raw.loadUnaligned(fromByteOffset: place, as: Int32.self),
                        raw.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self),
                        Int(raw.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
                    )
                }
                let end = min(place + header + length, bytes.endIndex)
                let name = bytes[(place + header)..<end].prefix { $0 != 0 }
                place = end
                // Said about a watch that was removed.
                if mask & UInt32(IN_IGNORED) != 0, paths[number] == nil { continue }
                if mask & Self.lost != 0 {
                    if mask & UInt32(IN_IGNORED) != 0 { forget(number) }
                    notices.append(.unknown)
                } else {
                    let name = String(decoding: name, as: UTF8.self)
                    for directory in paths[number] ?? [] { notices.append(.change(directory: directory, name: name)) }
                }
            }
        }

        private func forget(_ number: Int32) {
            for path in paths.removeValue(forKey: number) ?? [] { watches[path] = nil }
        }
    }
#else
    /// Nothing notices changes here: files are looked at.
    final class Notices {
        enum Notice: Equatable {
            case change(directory: String, name: String)
            case unknown
        }

        let file = FileDescriptor(rawValue: -1)

        init() throws(NoticesUnavailable) {
            throw NoticesUnavailable("changes of files are noticed by looking at them on this system")
        }

        func watch(_ wanted: [String]) throws(NoticesUnavailable) -> Bool { false }
        func read() -> [Notice] { [] }
    }
#endif
