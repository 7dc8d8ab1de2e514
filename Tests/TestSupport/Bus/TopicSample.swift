/// Topic patterns with keys that they match and keys that they do not, as the broker's manual defines them.
package struct TopicSample: Sendable {
    package let pattern: String
    package let matching: [String]
    package let others: [String]

    package static let all = [
        TopicSample(
            pattern: "config.updated", matching: ["config.updated"],
            others: ["config", "config.updated.x", "Config.updated"]),
        TopicSample(
            pattern: "config.*", matching: ["config.updated", "config.*", "config."],
            others: ["config", "config.a.b", "x.a"]),
        TopicSample(
            pattern: "config.#", matching: ["config", "config.a", "config.a.b", "config.."],
            others: ["configs", "a.config"]),
        TopicSample(pattern: "#", matching: ["", "a", "a.b.c", "."], others: []),
        TopicSample(pattern: "*", matching: ["a", "#"], others: ["", "a.b", "."]),
        TopicSample(
            pattern: "*.prod.*", matching: ["config.prod.parsing", ".prod."],
            others: ["prod", "config.prod", "a.prod.b.c"]),
        TopicSample(
            pattern: "config.prod.tenants.acme.#",
            matching: ["config.prod.tenants.acme", "config.prod.tenants.acme.x.y"],
            others: ["config.prod.tenants.acmex"]),
        TopicSample(pattern: "#.b", matching: ["b", "a.b", "b.b", "a.b.c.b"], others: ["a", "b.a", "ab"]),
        TopicSample(
            pattern: "a.#.b.#.c", matching: ["a.b.c", "a.x.b.y.z.c", "a.b.b.c.c"], others: ["a.c", "a.b", "a.b.c.d"]),
        TopicSample(pattern: "#.*", matching: ["a", "a.b"], others: [""]),
        TopicSample(pattern: "a*.b", matching: ["a*.b"], others: ["ax.b"]),
        TopicSample(pattern: "\u{E9}", matching: ["\u{E9}"], others: ["e\u{301}"]),
    ]
}
