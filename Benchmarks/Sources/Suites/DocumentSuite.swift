import ConfigModel

extension Sample {
    /// What is done with documents.
    var documents: [Benchmark] {
        let (bytes, object, changed) = (content.bytes, object, changedObject)
        return [
            Benchmark("document hash, \(name)", bytes: bytes.count) { Content(canonical: bytes) },
            Benchmark("document diff, \(name)") {
                var budget = WorkBudget()
                return try? DocumentDiff(old: object, new: changed, budget: &budget)
            },
            Benchmark("document merge, \(name)") { MergePatch.merge(changed, into: object) },
        ]
    }
}
