# The models that the build makes, read by build.sh.
fmu battery
fmu cycler _Cell_Voltage\"
model performance-ageing/cell/gen3b/physics-based/LgM50_1.1.0 cell.json battery=battery cycler=cycler
fmu spme
model performance-ageing/cell/gen3b/physics-based/LgM50Spme_1.0.0 cell.json battery=spme cycler=cycler
