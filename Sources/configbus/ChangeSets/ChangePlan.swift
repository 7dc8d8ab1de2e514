import ConfigModel
import RegistryAPI
import RegistryClient

/// What several changes come to on the newest versions of their documents: shown before they are made, and made as it is
/// shown.
struct ChangePlan: Sendable {
    /// In the order in which they were asked for.
    var steps: [PlannedChange]
    /// What makes no sense on what is there, so that it is no step. With it nothing is made.
    var faults: [PlanFault] = []

    /// Those that make a version.
    var changing: [PlannedChange] { steps.filter { $0.action != .unchanged } }

    /// Reads the newest versions and compares.
    ///
    /// - Parameters:
    ///   - wanted: each document once.
    ///   - isForced: content that is there already makes a version too.
    ///   - isRepeatable: a change that was made already is none.
    ///   - isOnlyShown: the plan is not made, so that it takes no role but that of a reader.
    ///
    /// Nothing is refused here: what else is wrong is said together with the faults.
    static func make(
        _ wanted: [WantedChange], isForced: Bool = false, isRepeatable: Bool = false, isOnlyShown: Bool = false,
        _ client: RegistryClient
    ) async throws -> ChangePlan {
        var steps: [PlannedChange] = []
        var faults: [PlanFault] = []
        for (change, head) in zip(wanted, try await heads(of: wanted.map(\.key), client)) {
            do {
                let base = try head.get()
                do {
                    steps.append(
                        try await PlannedChange(
                            change, on: base, isForced: isForced, isRepeatable: isRepeatable, client))
                } catch {
                    faults.append(try PlanFault(of: change.key, error))
                    if let mismatch = change.expected?.mismatch(with: base) {
                        faults.append(PlanFault(mismatch, of: change.key))
                    }
                }
            } catch let error as RegistryClientError {
                throw isOnlyShown ? error : WriteRole.naming(change.operation.role, in: error)
            }
        }
        return ChangePlan(steps: steps, faults: faults)
    }

    /// How many schemas are read at a time.
    private static let schemasUnderWay = 8

    private static func schemaBase(of key: DocumentKey, _ client: RegistryClient) async throws -> DocumentBase {
        do {
            let served = try await client.schema(of: key.service)
            return DocumentBase(version: served.version, content: served.document.content, etag: served.etag)
        } catch {
            guard error.code == .notFound else { throw error }
            guard error.problem?.type != .unknown else { return DocumentBase(nil) }
            return DocumentBase(try await client.schemaHistory(of: key.service, limit: 1).first)
        }
    }

    /// The newest versions; those of schemas are not in batches.
    private static func heads(
        of keys: [DocumentKey], _ client: RegistryClient
    ) async throws -> [Result<DocumentBase, RegistryClientError>] {
        let documents = keys.filter { !$0.isReserved }
        let found = try await client.heads(of: documents.map { DocumentRequest($0) }, isFresh: true)
        var heads = Dictionary(
            zip(documents, found).map { ($0, $1.map { DocumentBase($0) }) }
        ) { first, _ in first }
        let schemas = keys.filter(\.isReserved)
        let bases = try await schemas.concurrentMap(atMost: schemasUnderWay) { try await schemaBase(of: $0, client) }
        for (key, base) in zip(schemas, bases) { heads[key] = .success(base) }
        return keys.map { heads[$0] ?? .success(DocumentBase(nil)) }
    }
}

/// What a document is before a change.
struct DocumentBase: Sendable {
    /// Its newest version, a deletion too; nil when there is none.
    let version: Int64?
    /// The content of a living one.
    let content: Content?
    /// The ETag of a living one.
    let etag: String?

    init(version: Int64?, content: Content?, etag: String?) {
        (self.version, self.content, self.etag) = (version, content, etag)
    }

    init(_ head: HeadResponse) {
        switch head {
        case .content(let served): (version, content, etag) = (served.version, served.content, served.etag)
        case .deleted(let tombstone): (version, content, etag) = (tombstone.version, nil, nil)
        case .unknown, .notModified: (version, content, etag) = (nil, nil, nil)
        }
    }

    init(_ record: VersionRecord?) {
        version = record?.version
        content = record.flatMap { $0.changeType == .deleted ? nil : $0.content }
        etag = nil
    }

    /// For programs: why there is no living one.
    fileprivate var reasonForNone: JSONValue {
        .string((version == nil ? ProblemType.unknown : ProblemType.deleted).name)
    }
}

/// What one change comes to.
struct PlannedChange: Sendable {
    /// What it does to the document, and the word for programs.
    enum Action: String, Sendable {
        case create, update, delete, unchanged
    }

    let wanted: WantedChange
    let action: Action
    /// The newest version, a deletion too; nil when there is none.
    let version: Int64?
    /// The content of the living one.
    let old: Content?
    /// What is wrong when it is not at the version that it must be at. The registry says it too, beside everything else.
    let mismatch: String?
    /// What the document has afterwards; nil for a deletion.
    let content: Content?
    /// The places that differ.
    var changes: [ContentChange]

    var key: DocumentKey { wanted.key }
}

extension PlannedChange {
    /// - Throws: `CommandFailure` when the change makes no sense on what is there.
    init(
        _ wanted: WantedChange, on base: DocumentBase, isForced: Bool, isRepeatable: Bool, _ client: RegistryClient
    ) async throws {
        self.wanted = wanted
        version = base.version
        old = base.content
        let made = try await isRepeatable ? wanted.contentWhereMade(on: base, client) : nil
        if let made { content = made } else { content = try await Self.content(wanted, on: base, client) }
        // What is so already is as it shall be, whichever version it was expected on.
        mismatch = isRepeatable && old == content ? nil : wanted.expected?.mismatch(with: base)
        let before = try old?.object ?? JSONObject()
        switch (old, content) {
        case (nil, nil) where isRepeatable && version != nil:
            action = .unchanged
            changes = []
        case (nil, nil):
            throw CommandFailure.refused("there is no such document to delete.").with("type", base.reasonForNone)
        case (nil, let content?):
            action = .create
            changes = ContentChange.all(from: before, to: try content.object)
        case (_?, nil):
            action = .delete
            changes = []
        case (let old?, let content?):
            let isUnchanged = old == content && !isForced
            action = isUnchanged ? .unchanged : .update
            changes = isUnchanged ? [] : ContentChange.all(from: before, to: try content.object)
        }
    }

    private static func content(
        _ wanted: WantedChange, on base: DocumentBase, _ client: RegistryClient
    ) async throws -> Content? {
        switch wanted.operation {
        case .restore(let version): return try await client.content(ofVersion: version, of: wanted.key).content
        case .content, .schema, .delete: return try wanted.operation.result(on: JSONObject())
        case .edit, .patch:
            guard let living = base.content else {
                throw CommandFailure.refused("there is no such document to change.").with("type", base.reasonForNone)
            }
            return try wanted.operation.result(on: living.object)
        }
    }
}

extension ExpectedVersion {
    /// What is wrong when a document is not at this version.
    fileprivate func mismatch(with base: DocumentBase) -> String? {
        switch self {
        case .version(let version) where version != base.version ?? 0:
            (base.version.map { "It is at version \($0)" } ?? "It never existed") + ", not at version \(version)."
        case .etag(let etag) where etag != base.etag: "It is not at the version of if_match \(etag)."
        case .version, .etag: nil
        }
    }
}
