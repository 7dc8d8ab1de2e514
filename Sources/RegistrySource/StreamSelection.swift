import ConfigModel
import RegistryAPI

/// What a stream is opened about: everything that is wanted but the documents that the registry does not grant, so that it
/// does not refuse the others with them.
struct StreamSelection: Sendable, Equatable {
    private let whole: WatchSelection
    private(set) var refused: Set<DocumentKey> = []
    /// The versions that are known are named, so that they are not sent again.
    var namesKnown = true

    init(_ whole: WatchSelection) { self.whole = whole }

    /// What the next stream is about.
    var present: WatchSelection {
        var selection = whole
        selection.services.removeAll { service in refused.contains { $0.service == service } }
        return selection
    }

    /// The registry refused a stream because of this document.
    ///
    /// - Returns: false when there is nothing left to ask for: all are asked for again, later.
    mutating func leaveOut(_ key: DocumentKey) -> Bool {
        guard whole.services.contains(key.service) else {
            // The registry leaves it out by itself, when it is not named as known.
            defer { namesKnown = false }
            return namesKnown
        }
        refused.insert(key)
        guard present.services.isEmpty else { return true }
        // Without names it would mean everything.
        refused = []
        return false
    }

    /// Takes in again what is granted by now; true when there was something.
    mutating func takeIn(_ isRefused: (DocumentKey) -> Bool) -> Bool {
        guard !refused.isEmpty else { return false }
        let before = refused.count
        refused = refused.filter(isRefused)
        return refused.count < before
    }
}
