import ConfigModel

/// What a secret is recognised by.
enum SecretRule: UInt8, CaseIterable {
    case privateKey, aws, github, gitlab, slack, stripe, google, azure, npm, pypi, sendgrid, openai, anthropic, vault
    case huggingface, configbus, jwt, urlPassword, named

    /// The name that programs decide by.
    var name: String {
        switch self {
        case .privateKey: "private-key"
        case .urlPassword: "url-password"
        default: "\(self)"
        }
    }

    /// One sentence that holds nothing of the text.
    var message: String { "\(whatItIs), which does not belong into a configuration: refer to it instead." }

    private var whatItIs: String {
        switch self {
        case .privateKey: "This is a private key"
        case .aws: "This looks like an access key of AWS"
        case .github: "This looks like a token of GitHub"
        case .gitlab: "This looks like a token of GitLab"
        case .slack: "This looks like a token or webhook of Slack"
        case .stripe: "This looks like a key of Stripe"
        case .google: "This looks like an API key of Google"
        case .azure: "This looks like an account key of Azure"
        case .npm: "This looks like a token of npm"
        case .pypi: "This looks like a token of PyPI"
        case .sendgrid: "This looks like a key of SendGrid"
        case .openai: "This looks like a key of OpenAI"
        case .anthropic: "This looks like a key of Anthropic"
        case .vault: "This looks like a token of Vault"
        case .huggingface: "This looks like a token of Hugging Face"
        case .configbus: "This is a token of ConfigBus"
        case .jwt: "This is a JSON Web Token"
        case .urlPassword: "This URL holds a password"
        case .named: "Its name says that this is a secret"
        }
    }

    /// The finding at a place.
    ///
    /// - Parameter count: how many secrets there are at this place; 0 for a warning.
    func finding(at pointer: String, count: Int) -> CheckFinding {
        CheckFinding(
            .secret, rule: name, pointer: pointer, message: message,
            override: CheckOverrides.secret(at: pointer, count: count))
    }
}

/// Rules that were found in one text: those that refuse it, and those of which an author only should know.
struct FoundRules {
    /// Two bits a rule.
    private var refused: UInt32 = 0
    private var warned: UInt32 = 0
    /// How many secrets the text holds that refuse it.
    private(set) var count = 0
    /// Where the last of them ends: what is found inside of it is the same one.
    private var end = 0

    var isEmpty: Bool { refused | warned == 0 }

    mutating func note(_ rule: SecretRule, at place: Range<Int>, warns: Bool = false) {
        guard !warns else {
            warned |= 1 << UInt32(rule.rawValue)
            return
        }
        refused |= 1 << UInt32(rule.rawValue)
        if count == 0 || place.lowerBound >= end { count += 1 }
        end = max(end, place.upperBound)
    }

    func refuses(_ rule: SecretRule) -> Bool { refused & 1 << UInt32(rule.rawValue) != 0 }

    /// Each rule once, those that refuse first.
    var all: [(rule: SecretRule, warns: Bool)] {
        SecretRule.allCases.filter(refuses).map { ($0, false) }
            + SecretRule.allCases.filter { !refuses($0) && warned & 1 << UInt32($0.rawValue) != 0 }.map { ($0, true) }
    }
}
