import ConfigModel
import ConfigStore

/// What the store says about itself as a whole: the document `epoch` of the collection `meta` (`n`, `id` and, where the
/// epoch is signed, `statement`), the document `signing` (`rule`), the document `access` (`n` and `authentication`), and the document `schemas`
/// (`n`).
extension MongoClient {
    /// The state; the first caller of all makes the epoch, and others at the same time get the same.
    func state() throws(MongoFailure) -> StoreState {
        if let state = try storedState() { return state }
        let first = Epoch(number: 1, identifier: UUIDText.random())
        let session = try MongoSession(self)
        do throws(MongoFailure) {
            try insert(
                .encoding(["_id": "epoch", "n": .int64(first.number), "id": .string(first.identifier)]), into: .meta,
                session: session)
        } catch {
            guard error.kind == .duplicateKey || error.kind == .unavailable else { throw error }
        }
        guard let state = try storedState(session) else {
            throw MongoFailure(.unavailable, "the epoch was not stored")
        }
        return state
    }

    /// Puts another epoch in the place of this one, trying on until the outcome is beyond doubt; false when it is not the
    /// present one any more.
    func replaceEpoch(
        _ current: Epoch, by next: Epoch, statement: EpochStatement?, until deadline: ContinuousClock.Instant
    ) throws(MongoFailure) -> Bool {
        try repeating(until: deadline) { () throws(MongoFailure) in
            if try replace(current, by: next, statement) { return true }
            // An earlier attempt may have done it, whose response got lost.
            return try storedState()?.epoch == next
        }
    }

    /// Says whether unsigned versions are taken.
    func setSigning(_ rule: SigningRule, until deadline: ContinuousClock.Instant) throws(MongoFailure) {
        try repeating(until: deadline) { () throws(MongoFailure) in
            try upsert(in: .meta, ["_id": "signing"], ["$set": ["rule": .string(rule.rawValue)]])
        }
    }

    /// Lets every registry read the schemas again, trying on until that is beyond doubt.
    func raiseSchemaNumber(until deadline: ContinuousClock.Instant) throws(MongoFailure) {
        try repeating(until: deadline) { () throws(MongoFailure) in
            try upsert(in: .meta, ["_id": "schemas"], ["$inc": ["n": .int64(1)]])
        }
    }

    /// False when another epoch is the present one.
    func replace(
        _ current: Epoch, by next: Epoch, _ statement: EpochStatement?
    ) throws(MongoFailure) -> Bool {
        var fields: BSONFields = ["n": .int64(next.number), "id": .string(next.identifier)]
        var update: BSONFields = [:]
        if let statement {
            fields.append("statement", .binary(statement.jsonBytes))
        } else {
            update.append("$unset", ["statement": ""])
        }
        update.append("$set", .document(fields))
        return try updateAll(
            in: .meta, ["_id": "epoch", "n": .int64(current.number), "id": .string(current.identifier)], update) == 1
    }

    private func storedState(_ session: MongoSession? = nil) throws(MongoFailure) -> StoreState? {
        let parts = try find(
            in: .meta, ["_id": ["$in": ["epoch", "signing", "access", "schemas", "format"]]],
            ["limit": 5, "singleBatch": true],
            session: session, StatePart.init)
        var rule: String?
        var access: (number: Int64, rule: String?) = (0, nil)
        var schemas: Int64 = 0
        var format: Int64 = 0
        var found: (Epoch, EpochStatement?)?
        for part in parts {
            switch part {
            case .epoch(let epoch, let statement): found = (epoch, statement)
            case .signing(let text): rule = text
            case .access(let number, let rule): access = (number, rule)
            case .schemas(let number): schemas = number
            case .format(let number): format = number
            }
        }
        guard let (epoch, statement) = found else { return nil }
        do throws(StoreError) {
            return StoreState(
                epoch: epoch, statement: statement, signing: try SigningRule(stored: rule),
                authentication: try AuthenticationRule(stored: access.rule), access: access.number, schemas: schemas,
                isRestoring: format == StoreFormat.restoring)
        } catch {
            throw MongoFailure(.malformed, "\(error)")
        }
    }
}

/// One of the documents that make the state.
private enum StatePart {
    case epoch(Epoch, EpochStatement?)
    case signing(String)
    case access(Int64, String?)
    case schemas(Int64)
    case format(Int64)

    init(_ row: BSONView) throws(MongoFailure) {
        switch try row.string("_id") {
        case "epoch": self = try Self.epoch(row)
        case "access": self = .access(try row.int64("n"), try row.stringIfPresent("authentication"))
        case "schemas": self = .schemas(try row.int64("n"))
        case "format": self = .format(try row.int64("n"))
        default: self = .signing(try row.string("rule"))
        }
    }

    private static func epoch(_ row: BSONView) throws(MongoFailure) -> StatePart {
        let (number, identifier) = (try row.int64("n"), try row.string("id"))
        guard let epoch = Epoch(parsing: "\(number)-\(identifier)") else {
            throw MongoFailure(.malformed, "The document 'epoch' of the collection 'meta' has no proper n and id")
        }
        // One that cannot be read is none: a watcher with trusted keys refuses the epoch then.
        return .epoch(epoch, try row.binaryIfPresent("statement").flatMap { EpochStatement(json: $0) })
    }
}
