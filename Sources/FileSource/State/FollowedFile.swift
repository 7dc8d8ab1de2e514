import ConfigModel
import ConfigWatcher
import WatcherCore

/// What is known of the file of one document, and what is made of each look at it: decisions only.
///
/// Versions count the changes that were found, from 1. What cannot be read is looked at again three times before it is
/// reported, because it may be being written; a file that is gone is looked at again, because it may be being replaced.
struct FollowedFile: Sendable {
    /// When what cannot be read is looked at again.
    static let patience = [Duration.milliseconds(100), .milliseconds(200), .milliseconds(400)]
    /// When what changed while it was read is looked at again.
    static let pause = Duration.milliseconds(50)
    /// How often it is, before that is reported.
    static let pauses = 5
    /// When what is gone is looked at again.
    static let absence = Duration.milliseconds(100)

    let key: DocumentKey
    /// What the application named, or the file in that directory which was looked at last.
    private var path: String
    /// What a read is answered with; nil while nothing is settled.
    private(set) var head: SourceResponse?
    /// By what the file is known when it did not change.
    private(set) var stamp: FileStamp?
    private var doubt: Doubt?
    private var finding = Finding.nothing
    private var version: Int64 = 0
    /// The document is there, as far as a watcher knows.
    private var exists = false
    /// It was there once: that it is gone is a deletion, also when what was there last could not be read.
    private var hasExisted = false

    /// Something that may pass by itself.
    private struct Doubt: Sendable {
        enum Kind: Sendable {
            case unreadable, changing, gone
        }

        let kind: Kind
        var looks = 0
        var until: Instant
    }

    /// What the last settled look found.
    private enum Finding: Sendable, Equatable {
        case nothing
        case content(hash: String)
        case fault(FileFault, text: String?)
    }

    init(key: DocumentKey, path: String) {
        self.key = key
        self.path = path
    }

    /// When it has to be looked at again; nil when only a change makes that necessary.
    var lookAgainAt: Instant? { doubt?.until }

    /// True when a read can be answered.
    var isSettled: Bool { doubt == nil && head != nil }

    /// Takes what a look found; returns true when a read has another answer from now on.
    ///
    /// - Parameter path: the file, when it is another than at the last look.
    mutating func see(
        _ look: FileLook, _ stamp: FileStamp?, path: String? = nil, at now: Instant, date: Timestamp = .now
    ) -> Bool {
        self.path = path ?? self.path
        // Without a stamp it is read at every look.
        self.stamp = stamp.flatMap { $0.tellsApart(at: date) ? $0 : nil }
        switch look {
        case .content(let content, let writtenAt):
            return settle(.content(hash: content.hash)) { file in
                defer { (file.exists, file.hasExisted) = (true, true) }
                return file.next(file.exists ? .updated : .created, content, writtenAt)
            }
        case .unreadable(let fault, let text):
            guard finding != .fault(fault, text: text) else { return settle(finding) { $0.head } }
            guard doubts(.unreadable, Self.patience, at: now) else { return false }
            return report(fault, text: text)
        case .changing(let found):
            let pauses = Array(repeating: Self.pause, count: Self.pauses)
            guard doubts(.changing, pauses, at: now) else { return false }
            // It may only be touched all the time, so that what was read counts; if that is nothing, it is being written.
            guard case .content = found else {
                return report(FileFault("it is written all the time; replace it by a rename"), text: nil)
            }
            return see(found, nil, at: now, date: date)
        case .gone:
            guard finding != .nothing else { return settle(.nothing) { $0.head ?? .unknown } }
            guard doubts(.gone, [Self.absence], at: now) else { return false }
            return settle(.nothing) { file in
                defer { file.exists = false }
                return file.hasExisted ? file.next(.deleted, .empty, date) : .unknown
            }
        }
    }

    /// True when it was looked at as often as it has to be, at these distances.
    private mutating func doubts(_ kind: Doubt.Kind, _ distances: [Duration], at now: Instant) -> Bool {
        guard var doubt = self.doubt, doubt.kind == kind else {
            self.doubt = Doubt(kind: kind, until: now + distances[0])
            return false
        }
        guard now >= doubt.until else { return false }
        doubt.looks += 1
        guard doubt.looks < distances.count else { return true }
        doubt.until = now + distances[doubt.looks]
        self.doubt = doubt
        return false
    }

    private mutating func report(_ fault: FileFault, text: String?) -> Bool {
        settle(.fault(fault, text: text)) { file in
            file.version += 1
            let text = fault.description
            let end = text.hasSuffix(".") ? "" : "."
            return .unreadable(version: file.version, reason: "\(file.path): \(text)\(end)")
        }
    }

    /// The look counts; what reads are answered with is made anew when it found something else than before.
    private mutating func settle(_ found: Finding, _ head: (inout FollowedFile) -> SourceResponse?) -> Bool {
        doubt = nil
        guard found != finding || self.head == nil else { return false }
        finding = found
        let answer = head(&self)
        self.head = answer
        return true
    }

    private mutating func next(_ type: ChangeType, _ content: Content, _ createdAt: Timestamp) -> SourceResponse {
        version += 1
        return .version(
            DocumentVersion(local: key, version: version, changeType: type, content: content, createdAt: createdAt))
    }
}
