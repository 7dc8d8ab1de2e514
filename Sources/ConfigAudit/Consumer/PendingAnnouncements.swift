import ConfigModel
import EventBus

/// What a message claims: that a version exists.
struct Announcement {
    let key: DocumentKey
    let version: Int64
    let epoch: Epoch
    let delivery: BusDelivery
}

/// Announcements that are not acknowledged yet, by document, so that many of one document are one piece of work.
struct PendingAnnouncements {
    private var waiting: [DocumentKey: [Announcement]] = [:]
    private var finished: [BusDelivery] = []

    mutating func append(_ announcement: Announcement) {
        waiting[announcement.key, default: []].append(announcement)
    }

    /// All announcements of some document; nil when nothing waits.
    func next() -> (key: DocumentKey, announcements: [Announcement])? {
        waiting.first.map { ($0.key, $0.value) }
    }

    /// The log holds everything that was announced of a document, or never will; to be acknowledged after the next write.
    mutating func finish(_ key: DocumentKey) {
        finished += waiting.removeValue(forKey: key)?.map(\.delivery) ?? []
    }

    /// What may be acknowledged once the log is written.
    mutating func takeFinished() -> [BusDelivery] {
        defer { finished.removeAll() }
        return finished
    }
}
