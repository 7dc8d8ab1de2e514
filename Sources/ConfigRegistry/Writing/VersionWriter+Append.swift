import AsyncSupport
import ConfigModel
import ConfigStore

extension VersionWriter {
    func signed(_ record: VersionRecord) throws(RegistryError) -> VersionRecord {
        guard let signer else { return record }
        do {
            return record.signed(try signer.sign(record))
        } catch {
            throw .unavailable("\(error) Nothing was stored.")
        }
    }

    /// Appends, and appends the very same record again while the outcome is unknown. A stored version is on its way to the
    /// bus when this returns.
    private func append(_ head: HeadSnapshot, _ limits: WriteLimits) async throws(RegistryError) -> AppendOutcome {
        let record = head.record
        var pause = Backoff(from: .milliseconds(50), upTo: .milliseconds(500))
        var isUnknown = false
        while true {
            let error: StoreError
            do {
                return try await store.append(record) { [relay] in relay.offer(head) }
            } catch let failure {
                error = failure
            }
            if case .unavailable = error, !isUnknown {
                isUnknown = true
                counters.count { $0.unknownOutcomes += 1 }
                source.cache.doubt(record.key)
            }
            guard isUnknown else { throw RegistryError(refusedAppend: error) }
            if case .closed = error { throw .outcomeUnknown("\(error)", changeID: record.changeID) }
            guard await limits.allow(pause.next()) else {
                throw .outcomeUnknown("\(error)", changeID: record.changeID)
            }
        }
    }

    /// Appends, and makes the event while the store works, so that nothing but sending is left when it has answered.
    func appendAndPrepare(_ head: HeadSnapshot, _ limits: WriteLimits) async throws(RegistryError) -> AppendOutcome {
        let appended = await withTaskGroup(of: Result<AppendOutcome, RegistryError>.self) { group in
            group.addPromptTask {
                do throws(RegistryError) {
                    return .success(try await self.append(head, limits))
                } catch {
                    return .failure(error)
                }
            }
            prepareEvent(of: head)
            return await group.next()
        }
        guard let appended else {
            throw .outcomeUnknown("The insert ended without a result.", changeID: head.record.changeID)
        }
        return try appended.get()
    }

    /// Makes the event that will carry this version's content, if one will.
    private func prepareEvent(of head: HeadSnapshot) {
        if head.record.content.bytes.count <= options.inlineLimit { _ = head.encodedEvent }
    }

    /// Shows a stored version to those who read and watch here, who may be many.
    func accept(_ head: HeadSnapshot, provenAt: ContinuousClock.Instant) {
        source.learn(head, of: head.key, provenAt: provenAt, epoch: head.epoch)
        counters.count { counters in
            switch head.record.changeType {
            case .created: counters.configsCreated += 1
            case .updated: counters.configsUpdated += 1
            case .deleted: counters.configsDeleted += 1
            }
        }
    }
}
