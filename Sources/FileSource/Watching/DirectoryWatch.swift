import AsyncSupport
import Dispatch
import SystemPackage

/// Keeps the notices about the directories in which changes show, as far as the system gives any.
struct DirectoryWatch {
    /// More directories are looked at.
    static let capacity = 8_192

    private let open: @Sendable () throws(NoticesUnavailable) -> Notices
    private var notices: Notices?
    private var reader: (any DispatchSourceRead)?
    private(set) var places = WatchedPlaces()
    /// Why there are no notices; nil while they come.
    private(set) var failure: NoticesUnavailable?

    init(_ open: @escaping @Sendable () throws(NoticesUnavailable) -> Notices) { self.open = open }

    /// Watches these places.
    ///
    /// - Parameters:
    ///   - places: where changes show.
    ///   - isComplete: false when they are some of all.
    ///   - queue: where `handler` is called.
    ///   - handler: called when there are notices.
    /// - Returns: true when there are new ones, in which something may have changed before.
    mutating func watch(
        _ places: WatchedPlaces, isComplete: Bool, on queue: DispatchQueue, _ handler: @escaping @Sendable () -> Void
    ) -> Bool {
        let before = Set(self.places.paths)
        if isComplete { self.places = places } else { self.places.merge(places) }
        let paths = self.places.paths
        do throws(NoticesUnavailable) {
            if notices == nil || Set(paths) != before { try check(paths) }
            let hasNew = try opened(on: queue, handler).watch(paths)
            failure = nil
            return hasNew
        } catch {
            end()
            failure = error
            return false
        }
    }

    /// The notices that are there.
    func read() -> [Notices.Notice] { notices?.read() ?? [] }

    /// No notices are wanted any more.
    mutating func end() {
        // The descriptor is closed when it is not waited for any more.
        reader?.cancel()
        (notices, reader) = (nil, nil)
    }

    private func check(_ paths: [String]) throws(NoticesUnavailable) {
        guard paths.count <= Self.capacity else {
            throw NoticesUnavailable("there are more than \(Self.capacity) directories")
        }
        let mounts = MountTable.current()
        for path in paths {
            guard let type = mounts.remoteType(of: path) else { continue }
            throw NoticesUnavailable("\(path) is on a file system (\(type)) that others change without notice")
        }
    }

    private mutating func opened(
        on queue: DispatchQueue, _ handler: @escaping @Sendable () -> Void
    ) throws(NoticesUnavailable) -> Notices {
        if let notices { return notices }
        let new = try open()
        let file = new.file
        let reader = DispatchSource.makeReadSource(fileDescriptor: file.rawValue, queue: queue)
        reader.setEventHandler(handler: handler)
        reader.setCancelHandler { try? file.close() }
        reader.activate()
        (notices, self.reader) = (new, reader)
        return new
    }
}
