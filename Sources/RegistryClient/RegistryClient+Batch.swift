import ConfigModel
import NIOHTTP1

extension RegistryClient {
    /// What became of one question.
    public typealias HeadResult = Result<HeadAnswer, RegistryClientError>

    /// How many questions one request may hold.
    static let largestBatch = 256

    /// The newest versions of some documents: for each question, in their order, what `head(of:...)` answers or throws. A
    /// minimum version that the registry has not reached is not waited for.
    ///
    /// - Parameters:
    ///   - questions: any number; a request holds 256 of them, and each answer at least one and about 8 MiB of contents.
    ///   - isFresh: as the registry's store has it after the question came in; what it remembers may be a second old.
    /// - Throws: when the registry could not be asked; what is wrong with one document is told in its place.
    public func heads(
        of questions: [HeadQuestion], isFresh: Bool = false
    ) async throws(RegistryClientError) -> [HeadResult] {
        var results: [HeadResult] = []
        results.reserveCapacity(questions.count)
        while results.count < questions.count {
            let rest = questions[results.count...].prefix(Self.largestBatch)
            results += try await batch(Array(rest), isFresh: isFresh)
        }
        return results
    }

    /// Asks once; the answers to the first of the questions, one at least.
    private func batch(
        _ questions: [HeadQuestion], isFresh: Bool
    ) async throws(RegistryClientError) -> [HeadResult] {
        var request = RegistryRequest(
            method: .POST, path: "/api/configs:batchGet",
            headers: [("Content-Type", "application/json"), ("Cache-Control", isFresh ? "no-cache" : nil)],
            maximumAnswer: RegistryRequest.listLimit)
        request.body = Self.body(questions)
        let answer = try answers.object(try await read(request).body)
        let (entries, statement) = try answers.fields { () throws(JSONFieldError) in
            (
                try answer.array("documents"),
                try answer.optionalObject("epoch_statement").flatMap { EpochStatement(json: $0) }
            )
        }
        guard !entries.isEmpty, entries.count <= questions.count else {
            throw answers.refusal("\(entries.count) answers to \(questions.count) questions")
        }
        var results: [HeadResult] = []
        for (question, entry) in zip(questions, entries) {
            results.append(BatchReader(question: question, client: self, statement: statement).result(entry))
        }
        return results
    }

    private static func body(_ questions: [HeadQuestion]) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 * questions.count)
        writer.object { body in
            body.array("documents") { list in
                for question in questions {
                    list.object { document in
                        document.member("service_name", question.key.service)
                        document.member("environment", question.key.environment)
                        document.member("if_none_match", question.ifNoneMatch)
                        document.member("min_version", question.minimumVersion)
                        document.member("epoch", question.epoch?.description)
                    }
                }
            }
        }
        return writer.bytes
    }
}
