import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The way to a file through all symbolic links: where it ends, and where a change can make it end elsewhere.
struct PathWalk: Sendable, Equatable {
    /// A name in a directory, whose path has no links.
    struct Place: Sendable, Hashable {
        let directory: String
        let name: String
    }

    /// The links on the way, and what is at its end or missing.
    private(set) var places: [Place] = []
    /// The end of the way, without links; nil when it leads nowhere.
    private(set) var target: String?
    /// Why it leads nowhere, when it is not that something is missing.
    private(set) var error: Errno?

    /// Follows a path from the root.
    init(_ path: String) { follow(Array(path.split(separator: "/").map(String.init).reversed())) }

    /// - Parameter rest: the names that are still to go, the next one last.
    private mutating func follow(_ rest: [String]) {
        var (rest, directory, links) = (rest, "/", 0)
        while let name = rest.popLast() {
            if name == "." { continue }
            if name == ".." {
                directory = Self.parent(of: directory)
                continue
            }
            let path = directory == "/" ? "/\(name)" : "\(directory)/\(name)"
            do throws(Errno) {
                switch try Stat(FilePath(path), followTargetSymlink: false).type {
                case .symbolicLink:
                    places.append(Place(directory: directory, name: name))
                    links += 1
                    guard links <= 40 else { throw .tooManySymbolicLinkLevels }
                    let link = try Self.link(at: path)
                    if link.hasPrefix("/") { directory = "/" }
                    rest += link.split(separator: "/").map(String.init).reversed()
                case .directory where !rest.isEmpty: directory = path
                default:
                    places.append(Place(directory: directory, name: name))
                    guard rest.isEmpty else { return }
                    directory = path
                }
            } catch {
                places.append(Place(directory: directory, name: name))
                if error != .noSuchFileOrDirectory && error != .notDirectory { self.error = error }
                return
            }
        }
        target = directory
    }

    private static func link(at path: String) throws(Errno) -> String {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink(path, &buffer, 4_096)
        guard count >= 0 else { throw Errno(rawValue: errno) }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
