import ConfigModel
import ConfigStore

/// What one attempt to append a change set came to.
enum SetAttempt: Sendable {
    /// The set is stored, or is refused.
    case outcome(SetAppendOutcome)
    /// Nothing is stored, and nothing is in the way for good: another attempt may succeed.
    case again(MongoFailure)
}

extension MongoClient {
    /// Appends a change set with one transaction.
    ///
    /// - Parameter deadline: a commit whose outcome is unknown is repeated until then.
    /// - Throws: `.unavailable` when it stays unknown whether the set is stored.
    func attempt(_ set: [VersionRecord], until deadline: ContinuousClock.Instant) throws(MongoFailure) -> SetAttempt {
        var rows = BSONDocuments()
        for record in set { rows.append(try Self.row(record)) }
        let session = try MongoSession(self)
        let transaction = try MongoTransaction(in: session, of: self)
        do throws(TransactionFailure) {
            try transaction.insert(rows, into: .versions)
        } catch {
            transaction.abort()
            return try attempt(of: set, refusedBy: error, session)
        }
        return try commit(transaction, of: set, session, until: deadline)
    }

    private func attempt(
        of set: [VersionRecord], refusedBy error: TransactionFailure, _ session: MongoSession
    ) throws(MongoFailure) -> SetAttempt {
        // Without a commit nothing counts, whatever became of the insert.
        if error.remedy == .wholeAgain || error.failure.kind == .unavailable {
            return .again(MongoFailure(.unavailable, error.failure.message))
        }
        guard error.failure.kind == .duplicateKey else { throw error.failure }
        // The refused insert moved the session's time on, so that this majority read waits for what is in the way.
        if let outcome = try outcome(of: set, session) { return .outcome(outcome) }
        return .again(MongoFailure(.unavailable, "a conflicting version is undecided"))
    }

    private func commit(
        _ transaction: MongoTransaction, of set: [VersionRecord], _ session: MongoSession,
        until deadline: ContinuousClock.Instant
    ) throws(MongoFailure) -> SetAttempt {
        var last: MongoFailure
        repeat {
            do throws(TransactionFailure) {
                try transaction.commit()
                return .outcome(.stored)
            } catch {
                last = error.failure
                if error.remedy == .wholeAgain { return .again(MongoFailure(.unavailable, last.message)) }
                guard error.remedy == .commitAgain else { break }
            }
        } while ContinuousClock.now < deadline
        // Where the first member is, all are; and where another version has its number, none will be.
        let found = try? outcome(of: Array(set.prefix(1)), session)
        guard let found else {
            throw MongoFailure(.unavailable, "whether the change set is stored is not known (\(last.message))")
        }
        if found == .stored { return .outcome(.stored) }
        return .again(MongoFailure(.unavailable, last.message))
    }

    /// What became of versions, as a majority knows it; nil when there is neither one of them nor another in the way.
    private func outcome(of set: [VersionRecord], _ session: MongoSession) throws(MongoFailure) -> SetAppendOutcome? {
        let numbers: BSONValue = ["_id": ["$in": .array(set.map { .versionIdentity($0.key, $0.version) })]]
        let changes = set.map { record -> BSONValue in
            [
                "_id.s": .string(record.key.service), "_id.e": .string(record.key.environment),
                "change_id": .string(record.changeID),
            ]
        }
        let rivals = try versions(["$or": .array([numbers] + changes)], session: session)
        let marks = try pruneMarks(of: set.map(\.key))
        do throws(DamagedVersion) {
            return try SetAppendOutcome(of: set, among: rivals, marks: marks)
        } catch {
            throw MongoFailure(error)
        }
    }
}
