extension Array where Element: Sendable {
    /// What a function makes of each element, in their order, with at most so many calls at a time.
    ///
    /// - Throws: the first error, which ends the other calls.
    func concurrentMap<Result: Sendable>(
        atMost limit: Int, _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: count)
            var started = 0
            while started < count {
                if started >= limit, let (index, result) = try await group.next() { results[index] = result }
                group.addTask { [started, element = self[started]] in (started, try await transform(element)) }
                started += 1
            }
            while let (index, result) = try await group.next() { results[index] = result }
            return results.compactMap(\.self)
        }
    }
}
