import ConfigModel
import ConfigRegistry
import ConfigStore

/// What stores answer, and `GET` of a registry above them, while their history grows.
struct GrowthSuite {
    /// Documents that the history is spread over.
    private static let documents = 32
    private static let samples = 1_000

    private let configbus: String?
    private let place: GrowthStore
    private let levels: [Int]

    init(_ arguments: Arguments) {
        configbus = arguments.configbus
        place = GrowthStore(mongodbURI: arguments.mongodbURI)
        levels = [10, 1_000, 10_000, 100_000, 1_000_000].filter { $0 <= arguments.versions }
    }

    func measure(_ report: Report) async throws {
        do {
            try await measureAll(report)
        } catch {
            try await place.remove()
            throw error
        }
        try await place.remove()
    }

    private func measureAll(_ report: Report) async throws {
        var histories: [History] = []
        for level in levels {
            let store = try await place.open()
            if histories.isEmpty { histories = try await History.make(Self.documents, in: store) }
            histories = try await History.grow(histories, to: level, in: store)
            let name = "\(place.name), \(level) versions"
            report.add(Measurement(name: "store head, \(name)", samples: try await heads(store, histories)))
            report.add(Measurement(name: "store append, \(name)", samples: try await appends(store, &histories)))
            await store.close()
            if let configbus {
                let server = try ServerProcess.registry(configbus, store: place.options)
                defer { server.stop() }
                let path = "/api/configs/\(histories[0].key.service)?environment=\(histories[0].key.environment)"
                report.add(try HTTPLoad(port: server.port, path).measure("GET 200, \(name)"))
            }
        }
    }

    private func heads(_ store: any RegistryStore, _ histories: [History]) async throws -> [Double] {
        var samples: [Double] = []
        for number in 0..<Self.samples {
            let start = ContinuousClock.now
            keep(try await store.head(of: histories[number % histories.count].key))
            samples.append((ContinuousClock.now - start).nanoseconds)
        }
        return samples
    }

    private func appends(_ store: any RegistryStore, _ histories: inout [History]) async throws -> [Double] {
        var samples: [Double] = []
        for number in 0..<Self.samples / 5 {
            let record = histories[number % histories.count].next()
            let start = ContinuousClock.now
            keep(try await store.append(record))
            samples.append((ContinuousClock.now - start).nanoseconds)
            try await store.markAnnounced([VersionIdentity(key: record.key, version: record.version)])
        }
        return samples
    }
}
