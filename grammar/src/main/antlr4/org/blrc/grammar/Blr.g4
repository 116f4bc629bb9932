/**
 * The blr language: families, rules and optimizers.
 *
 * Line ends carry no meaning. Clause words are keywords only where a clause may begin, and names elsewhere, so that a
 * family may have a parameter called `mean` or `rate`. The lexer makes a keyword of every one of them; the compiler
 * turns those that stand where a name does back into identifiers before it parses. It also marks where each entry of a
 * rule or of a list of approximations ends: at a comma, or where the next operand follows something complete. And it
 * marks functions that run over something, as in `max(k in 1..3) a[k]`, so that one token tells what an operand is.
 */
grammar Blr;

tokens { SEPARATOR, FOLD }

@lexer::members {
  /** Whether a character may stand in a name, after its start. */
  private static boolean isPart(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.DECIMAL_DIGIT_NUMBER,
              Character.LETTER_NUMBER ->
          true;
      default -> Character.isLetter(c) || (c >= 0x2080 && c <= 0x2089);
    };
  }
}

file
    : (importDecl | familyDecl | ruleDecl | optimizerDecl)* EOF
    ;

importDecl
    : 'import' STRING
    ;

// ---------------------------------------------------------------- families

// `family Categorical[K](logit[K - 1]: real)` is one for each number K of components.
familyDecl
    : 'family' ID ('[' size=ID ']')? '(' (parameter (',' parameter)*)? ')' '{' familyClause* '}'
    ;

// A fixed parameter, which no state may move, is `fixed name: domain`.
parameter
    : 'fixed'? ID ('[' count=expr ']')? ':' domain
    ;

familyClause
    : 'support' domain                                              # supportClause
    | 'statistics' listed (',' listed)*                             # statisticsClause
    | 'natural' listed (',' listed)*                                # naturalClause
    | 'log_partition' expr                                          # logPartitionClause
    | 'base_measure' expr                                           # baseMeasureClause
    | 'sample' listed (',' listed)* ('with' draw (',' draw)*)?      # sampleClause
    | 'cdf' expr                                                    # cdfClause
    | 'identity' namedArgument (',' namedArgument)*                 # identityClause
    ;

// `logit[k] for k in 1..K`: one after the other.
listed
    : expr ('for' ID 'in' axis)?
    ;

// `u[K] ~ Uniform` is one number for each component.
draw
    : ID ('[' count=expr ']')? '~' ID
    ;

domain
    : ID                                                            # namedDomain
    | ID '[' size=expr ']'                                          # sizedDomain
    | left=('[' | '(') lower=expr ',' upper=expr right=(']' | ')')  # intervalDomain
    | '{' expr (',' expr)* '}'                                      # finiteDomain
    | '{' lower=expr '..' upper=expr '}'                            # rangeDomain
    ;

// ---------------------------------------------------------------- rules

ruleDecl
    : 'rule' ID ruleParameters? ('of' target=ID)? subject? '{' ruleEntry* '}'
    ;

ruleParameters
    : '(' (ruleParameter (',' ruleParameter)*)? ')'
    ;

// `x...` stands for one state or for several, which the rule changes together.
ruleParameter
    : ID (several='...' | '=' expr)?
    ;

// `for theta`, or `for theta ~ Normal(mean, precision)`: the random variable and its family's parameters.
subject
    : 'for' variable=ID ('~' family=ID '(' (subjectParameter (',' subjectParameter)*)? ')')?
    ;

subjectParameter
    : ID
    ;

ruleEntry
    : ruleClause SEPARATOR
    ;

ruleClause
    : 'grade' ID                                                    # gradeClause
    | 'source' STRING                                               # sourceClause
    | 'state' declaration (',' declaration)*                        # ruleStateClause
    | 'noise' draw (',' draw)*                                      # noiseClause
    | 'relax' ID '~>' expr ('with' draw (',' draw)*)?               # relaxClause
    | rewrite                                                       # rewriteClause
    ;

// `from ~> to` replaces; `v <- value` gives the new value of a state that the rule adds.
rewrite
    : scope? from=expr arrow=('~>' | '<-') to=expr
    ;

// `in direction of m:`
scope
    : 'in' part=ID 'of' state=ID ':'
    ;

// ---------------------------------------------------------------- optimizers

optimizerDecl
    : 'optimizer' ID '{' optimizerClause* '}'
    ;

optimizerClause
    : 'hyper' declaration (',' declaration)*                        # hyperClause
    | 'state' declaration (',' declaration)*                        # stateClause
    | 'data' dataAxis (',' dataAxis)*                               # dataClause
    | 'posterior' distribution                                      # posteriorClause
    | 'prior' distribution                                          # priorClause
    | 'loss' expr                                                   # lossClause
    | 'rate' rates                                                  # rateClause
    | 'step' ID                                                     # stepClause
    | 'gradient' ID                                                 # gradientClause
    | 'approximate' approximationEntry+                             # approximateClause
    ;

// `m[3]: real = k - 2 for k in 1..3`: each component has a value of its own. `shared s: positive` is one for all
// coordinates.
declaration
    : 'shared'? ID ('[' count=expr ']')? ':' domain ('=' value=listed)?
    ;

dataAxis
    : ID '[' size=expr ']'
    ;

// A mixture is `each theta ~ mixture(k in 1..3) of Normal(mean = m[k], precision = 1) with weights w[k]`, or, where all
// coordinates are in one component, `theta ~ mixture(k in 1..3) of each Normal(...)`. Weights are learned with
// `... with k ~ Categorical[3](logit = l)`.
distribution
    : outer='each'? variable=ID '~' mixing? inner='each'? family=ID ('[' size=expr ']')?
      '(' (namedArgument (',' namedArgument)*)? ')' weighting?
    ;

mixing
    : 'mixture' '(' index=ID 'in' axis ')' 'of'
    ;

weighting
    : 'with' 'weights' expr                                         # fixedWeights
    | 'with' index=ID '~' family=ID ('[' size=expr ']')?
      '(' (namedArgument (',' namedArgument)*)? ')'                 # choice
    ;

namedArgument
    : ID '=' expr
    ;

rates
    : namedArgument (',' namedArgument)*                            # blockRates
    | expr                                                          # commonRate
    ;

approximationEntry
    : approximation SEPARATOR
    ;

// A rule with its arguments, as in `momentum(e, beta) of m`, or a rewrite written in place.
approximation
    : scope? from=expr ('~>' to=expr)? ('of' target=ID)?
    ;

argument
    : (ID '=')? expr
    ;

// ---------------------------------------------------------------- expressions

expr
    : multiplicative (op+=('+' | '-') multiplicative)*
    ;

multiplicative
    : unary (op+=('*' | '/') unary)*
    ;

unary
    : '-' unary                                                     # negation
    | kind=('sum' | 'mean') '(' ID 'in' axis ')' multiplicative     # reduction
    | FOLD '(' ID 'in' axis ')' multiplicative                      # fold
    | power                                                         # unsigned
    ;

// `^` binds tighter than a minus before it and is right-associative; its exponent may carry a sign.
power
    : postfix ('^' unary)?
    ;

postfix
    : primary call*
    ;

call
    : '(' (argument (',' argument)*)? ')'
    ;

primary
    : NUMBER                                                        # number
    | 'E' '[' expr ']'                                              # expectation
    | ID ('[' expr ']')?                                            # reference
    | '[' left=expr op=('=' | '>') right=expr ']'                   # bracket
    | '(' expr ')'                                                  # group
    ;

// A data axis, `batch(data)`, or `1..n`.
axis
    : lower=expr ('..' upper=expr)?
    ;

// ---------------------------------------------------------------- tokens

LEFT_BRACE : '{' ;
RIGHT_BRACE : '}' ;
LEFT_PAREN : '(' ;
RIGHT_PAREN : ')' ;
LEFT_BRACKET : '[' ;
RIGHT_BRACKET : ']' ;
COMMA : ',' ;
COLON : ':' ;
RANGE : '..' ;
SEVERAL : '...' ;
EQUALS : '=' ;
GREATER : '>' ;
REWRITES : '~>' ;
ASSIGNS : '<-' ;
TILDE : '~' ;
PLUS : '+' ;
MINUS : '-' ;
TIMES : '*' ;
OVER : '/' ;
POWER : '^' ;

IMPORT : 'import' ;
FAMILY : 'family' ;
RULE : 'rule' ;
OPTIMIZER : 'optimizer' ;

FIXED : 'fixed' ;
SHARED : 'shared' ;
SUPPORT : 'support' ;
STATISTICS : 'statistics' ;
NATURAL : 'natural' ;
LOG_PARTITION : 'log_partition' ;
BASE_MEASURE : 'base_measure' ;
SAMPLE : 'sample' ;
CDF : 'cdf' ;
IDENTITY : 'identity' ;
WITH : 'with' ;

GRADE : 'grade' ;
SOURCE : 'source' ;
STATE : 'state' ;
NOISE : 'noise' ;
RELAX : 'relax' ;
IN : 'in' ;
OF : 'of' ;
FOR : 'for' ;

HYPER : 'hyper' ;
DATA : 'data' ;
POSTERIOR : 'posterior' ;
PRIOR : 'prior' ;
LOSS : 'loss' ;
RATE : 'rate' ;
STEP : 'step' ;
GRADIENT : 'gradient' ;
APPROXIMATE : 'approximate' ;
EACH : 'each' ;

MIXTURE : 'mixture' ;
WEIGHTS : 'weights' ;
E : 'E' ;
SUM : 'sum' ;
MEAN : 'mean' ;

NUMBER
    : DIGITS ('.' DIGITS)? EXPONENT?
    | '.' DIGITS EXPONENT?
    ;

fragment DIGITS : [0-9]+ ;
fragment EXPONENT : [eE] [+-]? [0-9]+ ;

// Digits of all scripts and subscripts; no superscripts, which are taken for powers. Beyond ASCII the character's
// category is asked for: to unpack a set of all letters would take longer than to read a spec.
ID
    : START PART*
    ;

fragment START : [a-zA-Z_] | BEYOND { Character.isLetter(_input.LA(-1)) }? ;
fragment PART : [a-zA-Z_0-9] | BEYOND { isPart(_input.LA(-1)) }? ;
fragment BEYOND : ~[\u0000-\u007f] ;

STRING
    : '"' ~["\r\n]* '"'
    ;

UNCLOSED_STRING
    : '"' ~["\r\n]*
    ;

COMMENT
    : '//' ~[\r\n]* -> skip
    ;

BLOCK_COMMENT
    : '/*' (~'*' | '*'+ ~[*/])* '*'+ '/' -> skip
    ;

UNCLOSED_COMMENT
    : '/*' (~'*' | '*'+ ~[*/])* '*'* EOF
    ;

SPACE
    : [\p{Zs}\p{Zl}\p{Zp}\t\r\n\u000b\u000c\u0085\ufeff]+ -> skip
    ;

// Anything else becomes a token of its own, so that the parser reports it in place.
OTHER
    : .
    ;
