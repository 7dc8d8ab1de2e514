import ConfigModel
import WatcherCore

/// The change sets of which not every member runs yet.
struct OpenSets: Sendable {
    struct OpenSet: Sendable {
        let id: String
        /// The history that the members' numbers belong to.
        let epoch: Epoch
        let members: [(key: DocumentKey, version: Int64)]
        /// What was requested of the source, by whom.
        fileprivate var requested: Set<Request> = []
    }

    fileprivate struct Request: Hashable {
        let key: DocumentKey
        let watcher: ObjectIdentifier
    }

    private var sets: [String: OpenSet] = [:]
    private var places: [DocumentKey: Set<String>] = [:]

    var isEmpty: Bool { sets.isEmpty }

    /// Opens the sets that documents were published with.
    mutating func add(_ layers: DocumentLayers) {
        for layer in Layer.allCases {
            guard let document = layers[layer], let set = document.changeSet, sets[set.id] == nil else { continue }
            let members = set.versions
            // A set of one waits for nothing.
            guard members.count > 1 else { continue }
            sets[set.id] = OpenSet(id: set.id, epoch: document.recordEpoch, members: members)
            for member in members { places[member.key, default: []].insert(set.id) }
        }
    }

    mutating func remove(_ set: OpenSet) {
        sets[set.id] = nil
        for member in set.members {
            places[member.key]?.remove(set.id)
            if places[member.key]?.isEmpty ?? false { places[member.key] = nil }
        }
    }

    /// The sets that name one of these documents.
    func naming(_ documents: [DocumentKey]) -> [OpenSet] {
        Set(documents.flatMap { places[$0] ?? [] }).sorted().compactMap { sets[$0] }
    }

    /// The sets of which these versions are a member or take the place of one.
    func about(_ layers: DocumentLayers) -> [OpenSet] {
        let documents = Layer.allCases.compactMap { layers[$0] }
        return naming(documents.map(\.key)).filter { set in
            set.members.contains { layers.reach($0.key, $0.version, set.epoch) }
        }
    }

    /// True the first time.
    mutating func request(_ key: DocumentKey, of set: OpenSet, _ watcher: ObjectIdentifier) -> Bool {
        sets[set.id]?.requested.insert(Request(key: key, watcher: watcher)).inserted ?? false
    }
}

extension DocumentLayers {
    /// True when this version of the document, a newer one or one of a later history is among them.
    func reach(_ key: DocumentKey, _ version: Int64, _ epoch: Epoch) -> Bool {
        Layer.allCases.contains { layer in
            guard let document = self[layer], document.key == key else { return false }
            return document.reaches(version, epoch)
        }
    }
}
