import ConfigModel
import ConfigStore

extension MongoClient {
    /// Inserts versions with one command.
    ///
    /// - Returns: for each why it was not stored, or may not be; nil when it is.
    func insert(_ records: [VersionRecord]) throws(MongoFailure) -> [MongoFailure?] {
        var failures: [MongoFailure?] = Array(repeating: nil, count: records.count)
        var rows = BSONDocuments()
        var sent: [Int] = []
        for (index, record) in records.enumerated() {
            do throws(MongoFailure) {
                rows.append(try Self.row(record))
                sent.append(index)
            } catch {
                failures[index] = error
            }
        }
        guard !sent.isEmpty else { return failures }
        for (index, failure) in zip(sent, try insert(rows, into: .versions)) { failures[index] = failure }
        return failures
    }

    /// Learns what became of an append by doing it again, which is harmless, until the outcome is beyond doubt.
    func resolve(
        _ record: VersionRecord, after first: MongoFailure, until deadline: ContinuousClock.Instant
    ) throws(MongoFailure) -> AppendOutcome {
        let row = try Self.row(record)
        let session = try MongoSession(self)
        var last = first.kind == .unavailable ? first : MongoFailure(.unavailable, "a conflicting version is undecided")
        repeat {
            do throws(MongoFailure) {
                if let outcome = try appendOrCompare(record, row, session) { return outcome }
            } catch {
                guard error.kind == .unavailable else { throw error }
                last = error
            }
        } while ContinuousClock.now < deadline
        throw last
    }

    /// A version as it is inserted.
    static func row(_ record: VersionRecord, isAnnounced: Bool = false) throws(MongoFailure) -> BSONDocument {
        let row = try BSONDocument.encoding(
            record.bsonFields(isAnnounced: isAnnounced), capacity: record.bsonCapacity)
        guard row.length <= BSONDocument.maximumLength else {
            throw MongoFailure(
                .tooLarge,
                "a version may have \(BSONDocument.maximumLength) bytes in MongoDB, this one has \(row.length)")
        }
        return row
    }

    /// Nil when the version is taken by one that the majority has not decided on; it may still be rolled back.
    private func appendOrCompare(
        _ record: VersionRecord, _ row: borrowing BSONDocument, _ session: MongoSession
    ) throws(MongoFailure) -> AppendOutcome? {
        do throws(MongoFailure) {
            try insert(row, into: .versions, session: session)
            return .stored
        } catch {
            guard error.kind == .duplicateKey else { throw error }
        }
        // The refused insert moved the session's time on, so that this majority read waits for the conflicting version.
        let rivals = try versions(
            [
                "$or": [
                    ["_id": .versionIdentity(record.key, record.version)],
                    [
                        "_id.s": .string(record.key.service), "_id.e": .string(record.key.environment),
                        "change_id": .string(record.changeID),
                    ],
                ]
            ], session: session)
        let mark = try pruneMarks(of: [record.key])[record.key]
        do throws(DamagedVersion) {
            return try AppendOutcome(of: record, among: rivals, mark: mark)
        } catch {
            throw MongoFailure(error)
        }
    }
}

extension MongoFailure.Kind {
    /// True when a write may have been applied, now or by an earlier call.
    var leavesOutcomeOpen: Bool {
        switch self {
        case .duplicateKey, .unavailable: true
        case .refused, .tooLarge, .full, .damaged, .malformed, .invalid: false
        }
    }
}
