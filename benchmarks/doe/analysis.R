# The figures of ResultsAnalyserTest and LeastSquaresTest once more: R's lm, aov and nlme's lme on the same tables.
# usage: Rscript analysis.R FOLDER   (doe-planner/src/test/resources/analysis; Debian: r-base-core r-cran-nlme)
options(digits = 12)
folder <- commandArgs(TRUE)[1]
table <- function(name) read.csv(file.path(folder, paste0(name, ".csv")), comment.char = "#")
press <- function(m) sum((resid(m) / (1 - hatvalues(m)))^2)

cat("Longley (NIST: constant -3482258.63459582, x1 15.0618722713733)\n")
print(coef(lm(y ~ ., table("Longley"))))

cat("SiRstv (NIST: F 1.18046237440255)\n")
print(anova(lm(Resistance ~ Instrument, table("SiRstv"))))

cat("Filtration (Montgomery: predicted R2 0.9128)\n")
m <- lm(Rate ~ A + C + D + A:C + A:D, table("filtration"))
print(anova(m))
cat("PRESS", press(m), "R2", summary(m)$r.squared, "\n")
print(rstudent(m)[14]); print(cooks.distance(m)[14]); print(shapiro.test(rstandard(m)))

cat("Yield (Montgomery: lack of fit F 1.78, p 0.2897)\n")
y <- table("yield")
m <- lm(Yield ~ x1 * x2 + I(x1^2) + I(x2^2), y)
print(anova(m, lm(Yield ~ factor(paste(x1, x2)), y)))
cat("PRESS", press(m), "\n"); print(confint(m))
print(predict(m, data.frame(x1 = .5, x2 = -.5), interval = "confidence"))
print(predict(m, data.frame(x1 = .5, x2 = -.5), interval = "prediction"))

cat("Corrosion, split plot (Box, Hunter and Hunter: 2.75, 11.48, 4.38)\n")
c <- table("corrosion")
c$Heat <- factor(c$whole_plot)
print(summary(aov(Resistance ~ factor(Temperature) * Coating + Error(Heat), c)))
if (requireNamespace("nlme", quietly = TRUE)) {
  cat("... without runs 3, 10 and 17\n")
  c <- c[-c(3, 10, 17), ]
  c$Coating <- factor(c$Coating); contrasts(c$Coating) <- contr.sum(4)
  m <- nlme::lme(Resistance ~ I((Temperature - 370) / 10) + Coating, random = ~ 1 | Heat, data = c, method = "REML")
  print(anova(m, type = "marginal")); print(summary(m)$tTable)
}
