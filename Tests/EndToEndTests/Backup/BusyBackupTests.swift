import ConfigModel
import TestSupport
import Testing

extension EndToEnd {
    /// A backup that is taken while others write.
    @Suite struct BusyBackupTests {
        @Test(arguments: CommandStore.there)
        func chainsAndChangeSetsAreWholeWhateverWritersDo(_ store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                let sets = try SetWriters(at: [registry.url])
                let single = Writers(key: bench.parsing, registries: [registry])
                try await registry.publish("{}", as: bench.parsing)
                try await withThrowingTaskGroup { group in
                    group.addTask { await sets.run(writers: 3) }
                    group.addTask { await single.runUntilCancelled(count: 1) }
                    try await eventually("sets are published") { sets.acknowledged > 3 }
                    var counts: [Int64] = []
                    for number in 0..<3 {
                        let verified = try await bench.backup(registry, to: "\(number).jsonl")
                        counts.append(try verified.object().int64("versions"))
                    }
                    #expect(counts == counts.sorted() && counts[0] < counts[2], "\(counts)")
                    group.cancelAll()
                }
                #expect(sets.result.unexpected == [])
            }
        }
    }
}
