import ConfigModel
import ConfigRegistry
package import ConfigStore
import EventBus
import Logging
import Testing

extension DamagedVersionScene {
    private var identity: VersionIdentity { VersionIdentity(key: bad, version: 2) }

    /// The call is refused for the damaged version, and says why.
    private func expectDamaged(_ what: String, _ call: () async throws -> Void) async {
        do {
            try await call()
            Issue.record("\(what): not refused")
        } catch let error as RegistryError {
            guard case .damaged(let version) = error else {
                Issue.record("\(what): \(error)")
                return
            }
            expectBad([version], what)
            #expect(error.detail.contains("Version 2 of bad/prod is damaged"), "\(error.detail)")
        } catch {
            Issue.record("\(what): \(error)")
        }
    }

    private func expectBad(_ damaged: [DamagedVersion], _ what: String) {
        #expect(damaged.map(\.identity) == [identity], "\(what)")
        #expect(damaged.first?.reason.contains(damage.reason) == true, "\(what): \(damaged)")
    }

    func readsOfIt() async throws {
        await expectDamaged("head") { _ = try await registry.head(of: bad) }
        await expectDamaged("fresh head") { _ = try await registry.head(of: bad, HeadOptions(isFresh: true)) }
        await expectDamaged("head from version 2") {
            _ = try await registry.head(of: bad, HeadOptions(minimumVersion: 2))
        }
        await expectDamaged("head that changed") {
            _ = try await registry.head(of: bad, changedFrom: "\"1.1\"", within: .seconds(30))
        }
        await expectDamaged("version") { _ = try await registry.version(2, of: bad) }
        #expect(try await registry.version(1, of: bad).version == 1)
        await #expect(throws: RegistryError.unknownVersion(bad, 9, head: 2)) { try await registry.version(9, of: bad) }
    }

    func readsOfOthers() async throws {
        for key in good {
            #expect(try await registry.head(of: key)?.record.version == 2)
            #expect(try await registry.version(2, of: key).version == 2)
        }
    }

    func lists() async throws {
        for includesDeleted in [false, true] {
            let page = try await registry.heads(HeadQuery(includesDeleted: includesDeleted))
            #expect(page.map(\.record.key) == good)
            expectBad(page.damaged, "list")
        }
        // Page by page nothing is lost and nothing comes twice.
        var query: HeadQuery? = HeadQuery(limit: 1)
        var found: [DocumentKey] = []
        var damaged: [DamagedVersion] = []
        while let next = query {
            let page = try await registry.heads(next)
            found += page.map(\.record.key)
            damaged += page.damaged
            query = next.next(after: page)
        }
        #expect(found == good)
        expectBad(damaged, "pages")
    }

    func listsOfOthers() async throws {
        let queries = [
            HeadQuery(prefix: "tenants"), HeadQuery(service: "a"), HeadQuery(environment: "test"),
            HeadQuery(prefix: "none"),
        ]
        for query in queries { #expect(try await registry.heads(query).damaged == [], "\(query)") }
        #expect(try await registry.heads(queries[0]).map(\.record.key) == [good[1]])
    }

    func outlines() async throws {
        let page = try await registry.outlines(HeadQuery())
        if damage.isOfContent {
            // No content is read for it, and all of the rest holds.
            #expect(page.map(\.key) == [good[0], bad, good[1]])
        } else {
            #expect(page.map(\.key) == good)
            #expect(page.damaged.map(\.identity) == [identity])
        }
    }

    func batches() async throws {
        let answers = try await registry.heads(of: ([bad] + good).map { HeadRequest($0, HeadOptions(isFresh: true)) })
        await expectDamaged("batch") { _ = try answers[0].get() }
        #expect(try answers.dropFirst().map { try $0.get()?.record.version } == [2, 2])
    }

    func histories() async throws {
        let page = try await registry.history(of: bad, limit: 10)
        #expect(page.map(\.record.version) == [1])
        expectBad(page.damaged, "history")
        #expect(try await registry.history(of: good[0], limit: 10).map(\.record.version) == [2, 1])
    }

    func comparisons() async throws {
        await expectDamaged("diff") { _ = try await registry.versions(of: bad) }
        await expectDamaged("diff to version 2") { _ = try await registry.versions(old: 1, new: 2, of: bad) }
        #expect(try await registry.versions(of: good[0]).new.version == 2)
    }

    func streams() async throws {
        let filters = [
            WatchFilter(), WatchFilter(services: ["bad", "a", "tenants.c"], environment: "prod"),
            WatchFilter(services: ["bad"], environment: "prod"),
        ]
        let running = Task { try await registry.run() }
        defer { running.cancel() }
        for filter in filters {
            let beganAt = ContinuousClock.now
            try await registry.withWatch(filter, on: WatchExecutor(identity: nil) { $0() }, onReady: {}) { watch in
                var sent: [DocumentKey] = []
                while case .change(let head)? = watch.popFirst() { sent.append(head.key) }
                #expect(Set(sent) == (filter.services == ["bad"] ? [] : Set(good)), "\(filter)")
                expectBad(watch.damaged, "\(filter)")
                let loadedAt = ContinuousClock.now
                try await eventually("a new proof for \(filter)") { ContinuousClock.now - watch.proofAge > loadedAt }
                expectBad(watch.damaged, "\(filter), proven again")
            }
            #expect(beganAt < .now)
        }
        // A registry that is stopped between announcing and noting it would announce the same again.
        try await eventually("everything else is announced") {
            try await store.unannounced(limit: 100).versions == [identity]
        }
        running.cancel()
        _ = await running.result
    }

    func statistics() async throws {
        let statistics = try await store.statistics()
        #expect(statistics.documents == 3)
        #expect(statistics.versions == 6)
        #expect(statistics.unannounced >= 1)
    }

    /// `streams` has run the sweeper until nothing was left for it.
    func sweeper() async throws {
        let running = Task { try await registry.run() }
        defer { running.cancel() }
        try await eventually("everything else is announced") {
            try await store.unannounced(limit: 100).versions == [identity]
        }
        try await eventually("nothing waits any more") { await registry.health().announceLag == .zero }
        #expect(registry.counters.announcing.swept == 5, "all good ones, once")
    }

    func health() async throws {
        let health = await registry.health()
        #expect(health.status == .degraded)
        expectBad(health.damaged, "health")
        #expect(health.announceLag == .zero, "what is damaged does not wait for its announcement")
    }

    func patches() async throws {
        await expectDamaged("patch") {
            let revise: ChangeRequest.Revise = { head throws(RegistryError) in head.content }
            _ = try await registry.publish(ChangeRequest(.revise(revise), of: bad, origin: origin))
        }
    }

    func creations() async throws {
        await expectDamaged("creation") { _ = try await publish(3, .create) }
    }

    /// The chain goes on over the damaged version when its record hash is there, and nowhere else.
    func publishing() async throws {
        guard !damage.losesRecordHash else {
            return await expectDamaged("update") { _ = try await publish(3, .update) }
        }
        await #expect(throws: RegistryError.versionMismatch(key: bad, current: 2, expected: .version(1))) {
            try await publish(3, .update, expected: .version(1))
        }
        let stored = try await publish(3, .update, expected: .version(2))
        #expect(stored.version == 3)
        #expect(try await registry.head(of: bad, HeadOptions(isFresh: true))?.record == stored)
        #expect(try await registry.heads(HeadQuery()).map(\.record.key) == [good[0], bad, good[1]])
        #expect(await registry.health().status == .degraded, "version 2 is damaged still")
    }

    private var origin: ChangeOrigin {
        ChangeOrigin(author: "tester", comment: "", changeID: UUIDText.random(), isChangeIDFromClient: false)
    }

    private func publish(
        _ number: Int, _ mode: PublishMode, expected: ConfigRegistry.Expectation? = nil
    ) async throws -> VersionRecord {
        try await registry.publish(
            ChangeRequest(
                .publish(Content(canonical: Array(#"{"n":\#(number)}"#.utf8)), mode), of: bad, expected: expected,
                origin: origin)
        ).record
    }
}

extension DamagedVersionScene {
    /// Checks what is to go on beside a row whose name or number is impossible, in a store of the good documents.
    package static func verifyUnnamed(_ store: any RegistryStore) async throws {
        var options = RegistryOptions()
        options.sweepAge = .zero
        options.sweepPeriod = .milliseconds(20)
        let registry = Registry(store: store, bus: InProcessBus(exchange: "damage"), options: options, logger: .silent)
        try await registry.start()
        let good = try goodNames.map { try DocumentKey(parsing: $0) }
        for key in good { #expect(try await registry.head(of: key)?.record.version == 2) }
        for limit in [1, 2, 100] {
            var query: HeadQuery? = HeadQuery(limit: limit)
            var found: [DocumentKey] = []
            while let next = query {
                let page = try await registry.heads(next)
                found += page.map(\.record.key)
                query = next.next(after: page)
            }
            #expect(found.filter(good.contains) == good, "limit \(limit)")
            #expect(try await registry.outlines(HeadQuery(limit: limit)).rowCount > 0)
        }
        _ = try await store.statistics()
        let running = Task { try await registry.run() }
        defer { running.cancel() }
        try await eventually("everything else is announced") {
            try await store.unannounced(limit: 100).versions.allSatisfy { !good.contains($0.key) }
        }
        try await eventually("it is named in the health") {
            let health = await registry.health()
            return health.status == .degraded && health.damaged.count == 1
        }
    }
}
