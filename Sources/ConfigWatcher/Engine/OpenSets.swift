import ConfigModel
import WatcherCore

/// The change sets of which not every member runs yet.
///
/// Sets that a version has a place in are one from the moment when that version is to be applied: it can go only with all
/// members of each. So the sets of many changes of the same documents, one right after the other, do not add up.
struct OpenSets: Sendable {
    /// One set, or several that have to be applied as one.
    struct OpenSet: Sendable {
        fileprivate let number: Int
        fileprivate var identifiers: Set<String>
        /// In the order of their documents.
        fileprivate(set) var documents: [DocumentKey]
        fileprivate var members: [DocumentKey: Member]
        /// The watchers whose own version was refused, so that the set cannot be applied until they have another one.
        fileprivate var culprits: Set<ObjectIdentifier> = []
        /// What was requested of the source, by whom.
        fileprivate var requested: Set<Request> = []

        /// What has to run of a document, or something newer.
        func member(_ key: DocumentKey) -> Member? { members[key] }
    }

    /// What a set names of one document.
    struct Member: Sendable, Hashable {
        let version: Int64
        /// The history that the number belongs to.
        let epoch: Epoch

        fileprivate func isNewer(than other: Member) -> Bool {
            epoch == other.epoch ? version > other.version : epoch.number > other.epoch.number
        }
    }

    fileprivate struct Request: Hashable {
        let key: DocumentKey
        let member: Member
        let watcher: ObjectIdentifier
    }

    private var sets: [Int: OpenSet] = [:]
    /// Where the set of an identifier is found.
    private var numbers: [String: Int] = [:]
    private var places: [DocumentKey: Set<Int>] = [:]
    private var lastNumber = 0

    var isEmpty: Bool { sets.isEmpty }
    var count: Int { sets.count }

    /// Opens the sets that documents were published with.
    mutating func add(_ layers: DocumentLayers) {
        for layer in Layer.allCases {
            guard let document = layers[layer], let set = document.changeSet, numbers[set.id] == nil else { continue }
            let members = set.versions
            // A set of one waits for nothing.
            guard members.count > 1 else { continue }
            lastNumber += 1
            numbers[set.id] = lastNumber
            sets[lastNumber] = OpenSet(
                number: lastNumber, identifiers: [set.id], documents: members.map { $0.key }.sorted(),
                members: Dictionary(
                    members.map { ($0.key, Member(version: $0.version, epoch: document.recordEpoch)) },
                    uniquingKeysWith: { $1 }))
            for member in members { places[member.key, default: []].insert(lastNumber) }
        }
    }

    mutating func remove(_ set: OpenSet) {
        sets[set.number] = nil
        for identifier in set.identifiers { numbers[identifier] = nil }
        for key in set.documents {
            places[key]?.remove(set.number)
            if places[key]?.isEmpty ?? false { places[key] = nil }
        }
    }

    /// A watcher is to apply these versions: the sets that they have a place in are one from now on.
    ///
    /// - Returns: false when there is none.
    mutating func join(_ layers: DocumentLayers, _ watcher: ObjectIdentifier) -> Bool {
        for number in numbers(naming: layers) { sets[number]?.culprits.remove(watcher) }
        let joined = about(layers)
        guard var whole = joined.first else { return false }
        for part in joined.dropFirst() {
            remove(part)
            whole.take(part)
        }
        guard joined.count > 1 else { return true }
        sets[whole.number] = whole
        for identifier in whole.identifiers { numbers[identifier] = whole.number }
        for key in whole.documents { places[key, default: []].insert(whole.number) }
        return true
    }

    /// The sets that name one of these documents.
    func naming(_ documents: [DocumentKey]) -> [OpenSet] {
        Set(documents.flatMap { places[$0] ?? [] }).sorted().compactMap { sets[$0] }
    }

    /// The sets that these versions have a place in: as a member, or as something newer. What is newer does not wait for
    /// a set that cannot be applied.
    func about(_ layers: DocumentLayers) -> [OpenSet] {
        let own = Layer.allCases.compactMap { layers[$0]?.changeSet?.id }
        return numbers(naming: layers).sorted().compactMap { number -> OpenSet? in
            guard let set = sets[number] else { return nil }
            if own.contains(where: { set.identifiers.contains($0) }) { return set }
            return set.culprits.isEmpty && set.isReached(by: layers) ? set : nil
        }
    }

    /// A watcher's own versions were refused, and not because of others.
    mutating func refuse(_ layers: DocumentLayers, of watcher: ObjectIdentifier) {
        for number in numbers(naming: layers) where sets[number]?.isReached(by: layers) ?? false {
            sets[number]?.culprits.insert(watcher)
        }
    }

    /// Nothing of a watcher is refused any more.
    mutating func forgive(_ watcher: ObjectIdentifier, in set: OpenSet) {
        sets[set.number]?.culprits.remove(watcher)
    }

    /// True the first time.
    mutating func request(
        _ key: DocumentKey, _ member: Member, of set: OpenSet, _ watcher: ObjectIdentifier
    ) -> Bool {
        let request = Request(key: key, member: member, watcher: watcher)
        return sets[set.number]?.requested.insert(request).inserted ?? false
    }

    private func numbers(naming layers: DocumentLayers) -> Set<Int> {
        let found = Layer.allCases.compactMap { layer in layers[layer].flatMap { places[$0.key] } }
        guard let first = found.first else { return [] }
        return found.dropFirst().reduce(first) { $0.union($1) }
    }
}

extension OpenSets.OpenSet {
    /// What identifies it as long as it is open.
    var id: Int { number }

    fileprivate func isReached(by layers: DocumentLayers) -> Bool {
        Layer.allCases.contains { layer in
            guard let document = layers[layer], let member = members[document.key] else { return false }
            return document.reaches(member.version, member.epoch)
        }
    }

    /// Takes what another set names; of one document what is newer.
    fileprivate mutating func take(_ other: Self) {
        identifiers.formUnion(other.identifiers)
        culprits.formUnion(other.culprits)
        requested.formUnion(other.requested)
        members.merge(other.members) { $1.isNewer(than: $0) ? $1 : $0 }
        // Sets of the same documents are the usual case.
        if members.count != documents.count { documents = members.keys.sorted() }
        requested = requested.filter { members[$0.key] == $0.member }
    }
}

extension DocumentLayers {
    /// True when this version of the document, a newer one or one of a later history is among them.
    func reach(_ key: DocumentKey, _ member: OpenSets.Member) -> Bool {
        Layer.allCases.contains { layer in
            guard let document = self[layer], document.key == key else { return false }
            return document.reaches(member.version, member.epoch)
        }
    }
}
